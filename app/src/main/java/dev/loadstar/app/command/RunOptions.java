package dev.loadstar.app.command;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import picocli.CommandLine.Option;

/** Which run a command is part of. */
final class RunOptions {
  private static final String RUN_ID = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

  @Option(
      names = "--date",
      required = true,
      paramLabel = "DATE",
      description = "The business date, YYYY-MM-DD.")
  private LocalDate date;

  @Option(names = "--run-id", paramLabel = "ID", description = "Names the run. Default: its date.")
  private String runId;

  @Option(names = "--future", description = "Allow a business date beyond tomorrow.")
  private boolean future;

  RunOptions() {}

  /**
   * Of a command that has a date of its own when none is given.
   *
   * @param runIdOrNull null for the date
   */
  RunOptions(LocalDate date, String runIdOrNull, boolean future) {
    this.date = date;
    this.runId = runIdOrNull;
    this.future = future;
  }

  LocalDate date() {
    return date;
  }

  /** The date unless somebody named the run. */
  String runId() {
    return runId == null ? date.toString() : requireRunId(runId);
  }

  static String requireRunId(String runId) {
    if (!runId.matches(RUN_ID)) {
      throw new LoadException(
          ErrorCode.USAGE,
          "Cannot use this --run-id: found other characters, expected letters, digits, dot, dash"
              + " and underscore. Choose another.");
    }
    return runId;
  }

  /**
   * A mistyped year would be taken at its word, and every night until then would come after it.
   * Tomorrow may be meant: where the clocks of a source are ahead of the project's.
   */
  void requireDateThatComes(Clock clock, ZoneId zone) {
    LocalDate tomorrow = LocalDate.ofInstant(clock.instant(), zone).plusDays(1);
    if (date.isAfter(tomorrow) && !future) {
      throw new LoadException(
          ErrorCode.USAGE,
          "Cannot run for %s: it is in the future, expected a business date up to %s, which is tomorrow in %s. Correct --date, or add --future if it is meant."
              .formatted(date, tomorrow, zone));
    }
  }
}
