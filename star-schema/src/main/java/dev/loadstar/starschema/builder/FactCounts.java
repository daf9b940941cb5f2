package dev.loadstar.starschema.builder;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.starschema.model.FactFeedModel;
import dev.loadstar.starschema.model.FactModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What became of the lines that a fact's build looked at, counted. */
final class FactCounts {
  /** A guard in per cent means nothing among a handful of lines. */
  private static final long GUARD_FROM_LINES = 20;

  /** The columns by whose values lines are counted. */
  static final List<String> COUNTED =
      List.of("_feed", "_outcome", "_column", "_action", "_batch", "_released", "_outside");

  private static final int ACTION = 3;

  long inserts;
  long updates;
  long deletes;
  long quarantined;

  /** All that were looked at; re-pointed facts are none. */
  private long lines;

  /** Lines by what is worth a person's attention: rejected, or on no day of a calendar. */
  final Map<String, Long> noted = new TreeMap<>();

  private final Map<String, RowBalance> byFeed = new HashMap<>();

  private FactCounts() {}

  /**
   * @param groups numbers of lines by the values of {@link #COUNTED}
   */
  static FactCounts of(Map<List<Object>, Long> groups) {
    FactCounts counts = new FactCounts();
    groups.forEach(
        (group, n) -> {
          String action = (String) group.get(ACTION);
          counts.add(
              (String) group.get(0),
              (String) group.get(1),
              (String) group.get(2),
              action,
              (Boolean) group.get(4),
              (Boolean) group.get(5),
              n);
          if (group.get(6) != null && !action.equals("same")) {
            counts.noted.merge("on no day of " + group.get(6), n, Long::sum);
          }
        });
    return counts;
  }

  static boolean isInsert(List<Object> group) {
    return group.get(ACTION).equals("insert");
  }

  private void add(
      String feed,
      String outcome,
      String column,
      String action,
      boolean batch,
      boolean released,
      long n) {
    switch (action) {
      case "insert" -> inserts += n;
      case "update" -> updates += n;
      case "delete" -> deletes += n;
      default -> {}
    }
    lines += KnownFacts.isLine(feed) ? n : 0;
    boolean rejected = LineOutcome.isRejected(outcome);
    if (rejected) {
      quarantined += n;
      noted.merge("rejected, %s %s".formatted(outcome, column), n, Long::sum);
    }
    if (!batch && !released) {
      return; // nobody read it: its header, a version or the model changed
    }
    boolean waiting = outcome.equals(LineOutcome.WAITING);
    boolean cancelled = outcome.equals(LineOutcome.CANCELLED) && action.equals("keep");
    boolean same = action.equals("same");
    boolean passed = !rejected && !waiting && !cancelled && !same;
    RowBalance here =
        new RowBalance(
            0,
            released ? n : 0,
            passed ? n : 0,
            same ? n : 0,
            0,
            cancelled ? n : 0,
            rejected ? n : 0,
            waiting ? n : 0);
    byFeed.merge(feed, here, RowBalance::plus);
  }

  /**
   * @param limit share of the lines looked at that may be rejected
   * @throws LoadException {@code GUARD_EXCEEDED} when more are
   */
  void guard(FactModel fact, Optional<BigDecimal> limit) {
    if (limit.isEmpty() || quarantined <= GUARD_FROM_LINES) {
      return;
    }
    BigDecimal allowed = limit.get().multiply(BigDecimal.valueOf(lines));
    if (BigDecimal.valueOf(quarantined).compareTo(allowed) > 0) {
      throw new LoadException(
          ErrorCode.GUARD_EXCEEDED,
          "Cannot build %s: %d of %d lines are rejected (%s), expected at most %s%%. Look at the source and the feeds in star-schema.yaml; if this is right, raise guards.rejected_facts for one night."
              .formatted(
                  fact.table(),
                  quarantined,
                  lines,
                  noted.keySet().stream()
                      .filter(what -> what.startsWith("rejected, "))
                      .map(what -> what.substring("rejected, ".length()))
                      .collect(Collectors.joining(", ")),
                  limit.get().movePointRight(2).stripTrailingZeros().toPlainString()));
    }
  }

  /** One balance a feed; what was read and overtaken is counted where the lines are kept. */
  List<HopBalance> balances(FactModel fact, Map<String, KeptState.Change> states) {
    List<HopBalance> balances = new ArrayList<>();
    for (FactFeedModel feed : fact.feeds()) {
      KeptState.Change lines = states.get(KeptState.table(feed.lines()));
      RowBalance read =
          new RowBalance(lines.read(), 0, 0, lines.unchanged(), lines.deduplicated(), 0, 0, 0);
      String subject = fact.table() + " from " + feed.lines();
      RowBalance rows =
          byFeed
              .getOrDefault(feed.lines().toString(), RowBalance.ZERO)
              .plus(read)
              .require("build of " + subject);
      balances.add(new HopBalance("build", subject, rows));
    }
    return balances;
  }
}
