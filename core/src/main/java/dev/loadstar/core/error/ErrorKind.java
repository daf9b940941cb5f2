package dev.loadstar.core.error;

/**
 * Whose fault a failure is. The kind alone decides the exit code of the command line. In the order
 * in which they matter when several things failed: what a person must correct comes before what may
 * pass by itself.
 */
public enum ErrorKind {
  /** Something in the project, the call or the credentials is wrong; the same call fails again. */
  CONFIG(2),
  /** The data itself was refused: a quality rule, a mass change, drift, an imbalance. */
  DATA(65),
  /** A mistake in Loadstar. */
  INTERNAL(1),
  /** Something outside is unreachable or another run is ahead; the same call may succeed later. */
  EXTERNAL(75);

  private final int exitCode;

  ErrorKind(int exitCode) {
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
