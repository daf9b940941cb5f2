package dev.loadstar.quality;

import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.core.quality.QualityResult.Looked;
import dev.loadstar.core.quality.QualityResult.Severity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Collects how each figure is to be judged; the judging itself knows nothing of Spark. */
final class Verdicts {
  private final List<Function<Figures, QualityResult>> judges = new ArrayList<>();

  void add(Function<Figures, QualityResult> judge) {
    judges.add(judge);
  }

  /** A standing check: no row may fail. */
  void none(String table, String name, int slot, Looked looked) {
    none(table, name, List.of(slot), looked);
  }

  /** The same over several scans. */
  void none(String table, String name, List<Integer> slots, Looked looked) {
    judges.add(
        figures -> {
          long found = slots.stream().mapToLong(figures::count).sum();
          return new QualityResult(
              table, name, Severity.ERROR, found == 0, "0 rows", rows(found), looked);
        });
  }

  List<QualityResult> judge(Figures figures) {
    return judges.stream().map(judge -> judge.apply(figures)).toList();
  }

  /** At most a share of some rows may fail. */
  static QualityResult atMost(
      QualityRule rule, BigDecimal share, long failed, long of, Looked looked) {
    BigDecimal allowed = share.multiply(BigDecimal.valueOf(of));
    boolean passed = BigDecimal.valueOf(failed).compareTo(allowed) <= 0;
    String expected =
        share.signum() == 0 ? "0 rows" : "at most %s%% of %s".formatted(percent(share), rows(of));
    return result(rule, passed, expected, rows(failed), looked);
  }

  static QualityResult rowCount(
      QualityRule rule, QualityRule.Comparison bound, long rows, Looked looked) {
    return result(
        rule,
        bound.holds(BigDecimal.valueOf(rows)),
        bound.operator() + " " + bound.bound().toPlainString() + " rows",
        rows(rows),
        looked);
  }

  /** Sums are figures about all rows, not values of one. */
  static QualityResult reconcile(
      QualityRule rule,
      BigDecimal tolerance,
      Optional<BigDecimal> ours,
      Optional<BigDecimal> theirs,
      Looked looked) {
    if (ours.isEmpty() || theirs.isEmpty()) {
      return result(rule, false, "two numbers", "a sum that is no number", looked);
    }
    BigDecimal difference = ours.get().subtract(theirs.get()).abs();
    return result(
        rule,
        difference.compareTo(tolerance) <= 0,
        plain(theirs.get()) + " within " + tolerance.toPlainString(),
        plain(ours.get()),
        looked);
  }

  private static QualityResult result(
      QualityRule rule, boolean passed, String expected, String found, Looked looked) {
    return new QualityResult(
        rule.subject(), rule.name(), rule.severity(), passed, expected, found, looked);
  }

  private static String rows(long count) {
    return count == 1 ? "1 row" : count + " rows";
  }

  private static String percent(BigDecimal share) {
    return share.movePointRight(2).stripTrailingZeros().toPlainString();
  }

  private static String plain(BigDecimal number) {
    return number.setScale(Math.min(number.scale(), 4), RoundingMode.HALF_EVEN).toPlainString();
  }
}
