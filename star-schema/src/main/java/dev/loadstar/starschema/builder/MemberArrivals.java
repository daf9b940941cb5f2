package dev.loadstar.starschema.builder;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.spark.sql.Row;

/**
 * Which observations of a member are kept.
 *
 * @param onlyDifferences drop an observation that repeats the one before it: right where the
 *     business date is the effective time, for then every night repeats everything
 */
record MemberArrivals(MemberLayout at, MemberStory story, boolean onlyDifferences)
    implements Serializable {
  /**
   * Takes in one new observation; those before it in the member's rows arrived earlier.
   *
   * @param known by effective time
   * @param kept new ones that are to be kept
   * @param out told what became of one that is not
   */
  void take(Row row, TreeMap<Long, Row> known, List<Row> kept, BiConsumer<Row, String> out) {
    long time = row.getLong(at.effective());
    Row same = known.get(time);
    if (same != null && (later(same, row) || says(same, row))) {
      out.accept(row, MemberFold.DEDUPLICATED);
      return;
    }
    if (same == null && onlyDifferences) {
      Map.Entry<Long, Row> before = known.lowerEntry(time);
      if (before != null && says(before.getValue(), row)) {
        out.accept(row, MemberFold.UNCHANGED);
        return;
      }
    }
    if (same != null && kept.remove(same)) {
      out.accept(same, MemberFold.DEDUPLICATED);
    }
    known.put(time, row);
    kept.add(row);
  }

  private boolean later(Row a, Row b) {
    int byLoad = Long.compare(a.getLong(at.load()), b.getLong(at.load()));
    if (byLoad != 0) {
      return byLoad > 0;
    }
    int byOrigin = a.getString(at.origin()).compareTo(b.getString(at.origin()));
    return byOrigin != 0 ? byOrigin > 0 : a.getLong(at.row()) > b.getLong(at.row());
  }

  private boolean says(Row a, Row b) {
    return a.getBoolean(at.deleted()) == b.getBoolean(at.deleted()) && story.repeats(a, b);
  }
}
