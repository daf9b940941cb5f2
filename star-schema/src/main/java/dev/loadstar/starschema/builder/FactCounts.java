package dev.loadstar.starschema.builder;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.starschema.model.FactFeedModel;
import dev.loadstar.starschema.model.FactModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** What became of the lines that a fact's build looked at, counted. */
final class FactCounts {
  long inserts;
  long updates;
  long deletes;
  long quarantined;

  /** Lines by what is worth a person's attention: rejected, or on no day of a calendar. */
  final Map<String, Long> noted = new TreeMap<>();

  private final Map<String, RowBalance> byFeed = new HashMap<>();

  private FactCounts() {}

  /**
   * @param groups rows of {@code _feed, _outcome, _action, _batch, _released, _outside} and a count
   */
  static FactCounts of(List<Row> groups) {
    FactCounts counts = new FactCounts();
    for (Row group : groups) {
      counts.add(
          group.getString(0),
          group.getString(1),
          group.getString(2),
          group.getBoolean(3),
          group.getBoolean(4),
          group.getLong(6));
      if (!group.isNullAt(5) && !group.getString(2).equals("same")) {
        String calendar = group.getString(5);
        counts.noted.merge("on no day of " + calendar, group.getLong(6), Long::sum);
      }
    }
    return counts;
  }

  private void add(
      String feed, String outcome, String action, boolean batch, boolean released, long n) {
    switch (action) {
      case "insert" -> inserts += n;
      case "update" -> updates += n;
      case "delete" -> deletes += n;
      default -> {}
    }
    boolean rejected = outcome.startsWith("missing_");
    if (rejected) {
      quarantined += n;
    }
    if (!batch && !released) {
      return; // nobody read it: its header or a version changed
    }
    if (rejected) {
      noted.merge("rejected, " + outcome, n, Long::sum);
    }
    long changed =
        action.equals("insert") || action.equals("update") || action.equals("delete") ? n : 0;
    long same = action.equals("same") ? n : 0;
    long kept = action.equals("keep") ? n : 0;
    RowBalance here =
        new RowBalance(
            0,
            released ? n : 0,
            changed,
            same,
            0,
            outcome.equals(FeedRows.CANCELLED) ? kept : 0,
            rejected ? kept : 0,
            outcome.equals(FeedRows.WAITING) ? kept : 0);
    byFeed.merge(feed, here, RowBalance::plus);
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
