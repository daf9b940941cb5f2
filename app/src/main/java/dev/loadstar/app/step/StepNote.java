package dev.loadstar.app.step;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.quality.QualityResult;
import java.util.List;
import java.util.Map;

/**
 * How a step of a run last ended; kept beside the report, for a report tells of steps that ran as
 * processes of their own, too. No values of rows.
 *
 * @param outcome {@code done}, {@code nothing new} or {@code failed}
 * @param startedAt ISO, UTC
 * @param summary in a few words
 * @param error null unless it failed: the stable code
 * @param message null unless it failed
 * @param balance of hops that no load and no commit keeps
 * @param versions by dimension: {@code new}, {@code changed}, {@code removed}, {@code inferred}
 * @param quality verdicts that no commit keeps: those of a candidate that did not become one
 */
public record StepNote(
    String step,
    String outcome,
    String startedAt,
    double seconds,
    String summary,
    List<String> findings,
    String error,
    String message,
    List<HopBalance> balance,
    Map<String, Map<String, Long>> versions,
    List<QualityResult> quality) {
  public static final String DONE = "done";
  public static final String NOTHING_NEW = "nothing new";
  public static final String FAILED = "failed";

  public StepNote {
    findings = findings == null ? List.of() : List.copyOf(findings);
    balance = balance == null ? List.of() : List.copyOf(balance);
    versions = versions == null ? Map.of() : Map.copyOf(versions);
    quality = quality == null ? List.of() : List.copyOf(quality);
  }

  /** With what an earlier attempt brought, when this one found it done. */
  StepNote keeping(StepNote earlier) {
    if (!outcome.equals(NOTHING_NEW)) {
      return this;
    }
    return new StepNote(
        step,
        outcome,
        startedAt,
        seconds,
        summary,
        findings.isEmpty() ? earlier.findings() : findings,
        error,
        message,
        earlier.balance(),
        earlier.versions(),
        quality);
  }
}
