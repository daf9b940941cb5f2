package dev.loadstar.transform;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The rows around {@link StandardizeRows}: what stands where. */
final class RowShape {
  /** {@code _origin, _row, _ingested_at}: every row begins with them. */
  static final int POINTER = 3;

  /** In a raw row {@code _malformed} follows. */
  static final int MALFORMED = 3;

  static final int RAW_HEAD = 4;

  /** In a standardized row {@code _reason} and {@code _column} follow. */
  static final int REASON = 3;

  static final int STANDARD_HEAD = 5;
  static final String RECORD = "_record";

  private RowShape() {}

  private static List<Column> pointer() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("_origin", Simple.TEXT));
    columns.add(new Column("_row", Simple.BIGINT));
    columns.add(new Column("_ingested_at", Simple.TIMESTAMP));
    return columns;
  }

  /** What raw files hold, as far as it is read. */
  static List<Column> rawFile(boolean json, Collection<StandardColumn> columns) {
    List<Column> raw = pointer();
    raw.add(new Column("_malformed", Simple.TEXT));
    if (json) {
      raw.add(new Column(RECORD, Simple.TEXT));
      return raw;
    }
    columns.stream()
        .filter(column -> !column.missing())
        .forEach(column -> raw.add(new Column(column.source(), column.raw())));
    return raw;
  }

  static List<Column> standardized(Collection<StandardColumn> columns) {
    List<Column> standardized = pointer();
    standardized.add(new Column("_reason", Simple.TEXT));
    standardized.add(new Column("_column", Simple.TEXT));
    columns.forEach(column -> standardized.add(column.standardized()));
    return standardized;
  }
}
