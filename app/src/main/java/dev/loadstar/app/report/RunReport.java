package dev.loadstar.app.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.loadstar.app.console.Json;
import dev.loadstar.app.step.StepNote;
import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.quality.QualityResult;
import java.util.List;
import java.util.Map;

/**
 * All that a person wants to know of a run; counts and names, never a value of a row.
 *
 * @param startedAt ISO, UTC
 * @param outcome {@code done} or {@code failed}
 * @param steps that ran for this run, in order, earlier attempts included
 * @param quality every check of the candidate that this run refused, else of the date's commit
 * @param quarantine per entity rows by reason
 * @param withheld per entity columns that no classification names
 * @param commit number of the head; 0 when there is none
 * @param tables live rows of the published tables in the head commit, special rows included
 */
public record RunReport(
    String runId,
    int attempt,
    String businessDate,
    String startedAt,
    double seconds,
    String outcome,
    List<StepNote> steps,
    List<HopBalance> balance,
    List<QualityResult> quality,
    Map<String, Map<String, Long>> quarantine,
    Map<String, List<String>> withheld,
    long commit,
    Map<String, Long> tables) {
  public byte[] json() {
    try {
      return Json.MAPPER.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public boolean failed() {
    return outcome.equals(StepNote.FAILED);
  }
}
