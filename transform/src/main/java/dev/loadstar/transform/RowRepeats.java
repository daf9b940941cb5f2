package dev.loadstar.transform;

import dev.loadstar.core.type.Column;
import dev.loadstar.tables.KeyOrder;
import dev.loadstar.tables.spark.RowsFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Says what becomes of masked rows: adds their {@link RowStatus}. Of rows with the same key and the
 * same change time the last in reading order passes. Without a key all pass, and a rejected row has
 * no key left.
 */
final class RowRepeats implements RowsFunction {
  private static final long serialVersionUID = 1L;

  private final int reason;
  private final KeyOrder same;
  private final boolean keyed;

  /**
   * @param columns of the rows, which are sorted as {@link #order} says
   */
  RowRepeats(List<Column> columns, List<String> key, Optional<String> changeTime) {
    this.reason = columns.stream().map(Column::name).toList().indexOf("_reason");
    this.keyed = !key.isEmpty();
    this.same = new KeyOrder(columns, observation(key, changeTime));
  }

  /** By what rows are one observation. */
  static List<String> observation(List<String> key, Optional<String> changeTime) {
    List<String> names = new ArrayList<>(key);
    if (!key.isEmpty()) {
      changeTime.ifPresent(names::add);
    }
    return names;
  }

  @Override
  public Iterator<Object[]> apply(Iterator<Object[]> rows) {
    Object[][] last = new Object[1][];
    return RowsFunction.each(
        rows,
        row -> {
          Object[] out = Arrays.copyOf(row, row.length + 1);
          RowStatus status = RowStatus.QUARANTINED;
          if (row[reason] == null) {
            boolean again = keyed && last[0] != null && same.compare(last[0], row) == 0;
            status = again ? RowStatus.DEDUPLICATED : RowStatus.PASSED;
            last[0] = out;
          }
          out[row.length] = status.word();
          return out;
        });
  }
}
