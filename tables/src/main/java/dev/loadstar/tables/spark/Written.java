package dev.loadstar.tables.spark;

import dev.loadstar.core.type.Column;
import dev.loadstar.tables.stored.WrittenRun;
import java.util.List;

/**
 * Rows that an attempt wrote, to be made part of a table or read again in the same build.
 *
 * @param columns of the rows, those beside the table's last
 * @param run where they are: the business of this room
 */
public record Written(List<Column> columns, WrittenRun run) {
  public static final Written NOTHING = new Written(List.of(), WrittenRun.NOTHING);

  public Written {
    columns = List.copyOf(columns);
  }

  /** Both together; of the same columns. */
  public Written and(Written other) {
    return isEmpty() ? other : new Written(columns, run.plus(other.run));
  }

  public long rows() {
    return run.rows();
  }

  public long deletes() {
    return run.deletes();
  }

  public boolean isEmpty() {
    return run.files().isEmpty();
  }
}
