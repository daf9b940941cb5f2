package dev.loadstar.transform;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.LoadFiles;
import dev.loadstar.lake.parquet.RowReader;
import dev.loadstar.lake.parquet.RowWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pointers to rejected rows and how many there are for each reason.
 *
 * @param files with {@code _load, _origin, _row, reason, column_name} and nothing else
 */
record Quarantine(LoadFiles files, Map<String, Long> reasons) {
  private static final List<Column> FROM =
      List.of(
          new Column("_origin", Simple.TEXT),
          new Column("_row", Simple.BIGINT),
          new Column("_reason", Simple.TEXT),
          new Column("_column", Simple.TEXT));
  private static final List<Column> TO =
      List.of(
          new Column("_load", Simple.BIGINT),
          new Column("_origin", Simple.TEXT),
          new Column("_row", Simple.BIGINT),
          new Column("reason", Simple.TEXT),
          new Column("column_name", Simple.TEXT));

  /** Copies the pointers out of what Spark wrote, row by row. */
  static Quarantine of(Lake lake, String folder, long load, LoadFiles rejected) {
    if (rejected.isEmpty()) {
      return new Quarantine(LoadFiles.NONE, Map.of());
    }
    Map<String, Long> reasons = new TreeMap<>();
    try (RowWriter writer = lake.newWriter(folder + "/quarantine/part-00000.parquet", TO)) {
      try (RowReader reader = lake.newReader(rejected, FROM)) {
        for (Object[] row = reader.next(); row != null; row = reader.next()) {
          writer.write(new Object[] {load, row[0], row[1], row[2], row[3]});
          reasons.merge((String) row[2], 1L, Long::sum);
        }
      }
      return new Quarantine(LoadFiles.of(writer.finish()), reasons);
    }
  }
}
