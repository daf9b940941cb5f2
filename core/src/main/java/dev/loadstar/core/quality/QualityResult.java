package dev.loadstar.core.quality;

/**
 * A verdict. It holds counts and bounds, never a row's value.
 *
 * @param subject table or entity
 * @param rule the rule's name as written, for example {@code not_null: order_id}
 * @param expected bound in words, for example {@code 0 rows}
 * @param found measured figure in words, for example {@code 3 rows}
 * @param looked how it was found; of results from before there was a choice {@link Looked#ALL}
 */
public record QualityResult(
    String subject,
    String rule,
    Severity severity,
    boolean passed,
    String expected,
    String found,
    Looked looked) {
  /** What was looked at for a verdict. */
  public enum Looked {
    /** Every row. */
    ALL,
    /** The rows that changed: the verdict on the others stands. */
    CHANGE
  }

  public QualityResult {
    looked = looked == null ? Looked.ALL : looked;
  }

  public QualityResult(
      String subject,
      String rule,
      Severity severity,
      boolean passed,
      String expected,
      String found) {
    this(subject, rule, severity, passed, expected, found, Looked.ALL);
  }

  /** What a failed check does. */
  public enum Severity {
    /** Stops the night. */
    ERROR,
    /** Only reports. */
    WARN
  }

  public boolean stopsTheRun() {
    return !passed && severity == Severity.ERROR;
  }
}
