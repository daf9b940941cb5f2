package dev.loadstar.core.error;

/**
 * The one exception that Loadstar throws on purpose.
 *
 * <p>Messages read <em>Cannot ‹verb› ‹object›: ‹found›, expected ‹wanted›. ‹Next action›.</em> and
 * never hold a row's value, a bind parameter or a secret. Causes are kept for the log's stack
 * trace; their messages may come from drivers and servers, so only {@link #getMessage()} of this
 * class is shown to people.
 */
public final class LoadException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final ErrorCode code;

  public LoadException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public LoadException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
