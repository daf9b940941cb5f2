package dev.loadstar.app.step;

import dev.loadstar.core.balance.HopBalance;
import java.util.List;
import java.util.Map;

/** The work of one step, apart from timing and reporting it. */
interface StepWork {
  /**
   * What it did.
   *
   * @param changed whether anything new was written
   * @param balance of hops that no load and no commit keeps
   * @param versions by dimension: {@code new}, {@code changed}, {@code removed}, {@code inferred}
   */
  record Done(
      boolean changed,
      String summary,
      List<HopBalance> balance,
      Map<String, Map<String, Long>> versions) {
    Done(boolean changed, String summary) {
      this(changed, summary, List.of(), Map.of());
    }
  }

  Step step();

  /** How many parts will report progress; 0 when unknown. */
  default int parts(Workspace in) {
    return 0;
  }

  /**
   * @param remarks to add to, also when it throws
   */
  Done run(Workspace in, Remarks remarks);
}
