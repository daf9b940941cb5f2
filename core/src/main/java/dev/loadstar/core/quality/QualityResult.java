package dev.loadstar.core.quality;

/**
 * A verdict. It holds counts and bounds, never a row's value.
 *
 * @param subject table or entity
 * @param rule the rule's name as written, for example {@code not_null: order_id}
 * @param expected bound in words, for example {@code 0 rows}
 * @param found measured figure in words, for example {@code 3 rows}
 */
public record QualityResult(
    String subject, String rule, Severity severity, boolean passed, String expected, String found) {
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
