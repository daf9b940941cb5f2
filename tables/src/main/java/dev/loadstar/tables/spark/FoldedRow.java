package dev.loadstar.tables.spark;

import dev.loadstar.core.type.Column;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A row that a {@link RowFold} looks at; its values are found when they are asked for. Not thread
 * safe.
 */
public final class FoldedRow {
  private final PlainRows plain;
  private InternalRow row;

  FoldedRow(List<Column> columns) {
    this(new PlainRows(columns), null);
  }

  private FoldedRow(PlainRows plain, InternalRow row) {
    this.plain = plain;
    this.row = row;
  }

  FoldedRow at(InternalRow next) {
    row = next;
    return this;
  }

  InternalRow row() {
    return row;
  }

  /** The same row, valid for good. */
  public FoldedRow copy() {
    return new FoldedRow(plain, row.copy());
  }

  public boolean isNull(int column) {
    return row.isNullAt(column);
  }

  /** Of a BOOLEAN column that is not null. */
  public boolean flag(int column) {
    return row.getBoolean(column);
  }

  /** Of a BIGINT column that is not null. */
  public long number(int column) {
    return row.getLong(column);
  }

  /** Of any column, as {@link dev.loadstar.lake.parquet.RowWriter} says. */
  public Object value(int column) {
    return plain.value(row, column);
  }

  /** Whether a TEXT column that is null in neither has the same in both. */
  public boolean sameText(int column, FoldedRow other) {
    UTF8String mine = row.getUTF8String(column);
    return mine.equals(other.row.getUTF8String(column));
  }
}
