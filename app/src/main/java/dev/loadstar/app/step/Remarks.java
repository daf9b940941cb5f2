package dev.loadstar.app.step;

import dev.loadstar.core.quality.QualityResult;
import java.util.ArrayList;
import java.util.List;

/** What a step has to say whether it ends well or not; no values of rows. Not thread safe. */
final class Remarks {
  private final List<String> findings = new ArrayList<>();
  private List<QualityResult> verdicts = List.of();

  void finding(String words) {
    findings.add(words);
  }

  /** Every verdict on the candidate, before anything is decided by them. */
  void verdicts(List<QualityResult> all) {
    verdicts = List.copyOf(all);
  }

  List<String> findings() {
    return List.copyOf(findings);
  }

  List<QualityResult> verdicts() {
    return verdicts;
  }
}
