package dev.loadstar.transform;

import dev.loadstar.core.row.RowSize;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.lake.load.RecordFormat;
import dev.loadstar.lake.parquet.ParquetRows;
import dev.loadstar.lake.parquet.RowReader;
import dev.loadstar.lake.parquet.RowWriter;
import dev.loadstar.tables.KeyOrder;
import dev.loadstar.tables.spark.RowsFunction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Drives the functions of a transform over a load of few rows in the JVM that asks: none of them
 * needs Spark, and it is not started for them.
 */
record FewRows(
    Lake lake,
    RawLoad raw,
    Collection<StandardColumn> columns,
    List<String> key,
    Optional<String> changeTime,
    MaskingPass.Plan plan,
    StandardizeRows standardize,
    Instant now) {
  /** What the rows of a load may take at most; a few loads are held at a time. */
  private static final long BYTES = 128L << 20;

  /**
   * Writes the rows into a folder for each {@link RowStatus}.
   *
   * @return false when nothing was written: they take more than they may, or need Spark after all
   */
  boolean write(String folder) {
    List<Column> standardized = RowShape.standardized(columns);
    Optional<RowsFunction> mask = plan.plain(standardized);
    if (mask.isEmpty()) {
      return false;
    }
    List<Column> masked = masked();
    Optional<List<Object[]>> held = held(mask.get());
    if (held.isEmpty()) {
      return false;
    }
    List<Object[]> rows = held.get();
    if (!key.isEmpty()) {
      Comparator<Object[]> byKey = new KeyOrder(masked, RowRepeats.observation(key, changeTime));
      rows.sort(byKey.thenComparing(new KeyOrder(masked, List.of("_origin", "_row")).reversed()));
    }
    write(folder, masked, new RowRepeats(masked, key, changeTime).apply(rows.iterator()));
    return true;
  }

  /** Pointer, reason, column, masked columns, digests. */
  private List<Column> masked() {
    List<Column> masked = new ArrayList<>(RowShape.standardized(List.of()));
    masked.addAll(plan.columns());
    plan.digests().forEach(name -> masked.add(new Column(name, Simple.BIGINT)));
    return masked;
  }

  private Optional<List<Object[]>> held(RowsFunction mask) {
    boolean json = raw.format() == RecordFormat.JSON;
    try (RowReader reader = lake.newReader(raw.files(), RowShape.rawFile(json, columns))) {
      Iterator<Object[]> rows = mask.apply(standardize.apply(rows(reader)));
      List<Object[]> held = new ArrayList<>();
      long bytes = 0;
      while (rows.hasNext()) {
        Object[] row = rows.next();
        bytes += RowSize.of(row);
        if (bytes > BYTES) {
          return Optional.empty();
        }
        held.add(row);
      }
      return Optional.of(held);
    }
  }

  private static Iterator<Object[]> rows(RowReader reader) {
    return new Iterator<>() {
      private Object[] next = reader.next();

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public Object[] next() {
        Object[] row = next.clone(); // the reader's is the caller's until the next call
        next = reader.next();
        return row;
      }
    };
  }

  private void write(String folder, List<Column> masked, Iterator<Object[]> rows) {
    Map<String, RowWriter> writers = new HashMap<>();
    try {
      while (rows.hasNext()) {
        Object[] row = rows.next();
        String status = (String) row[masked.size()];
        writers
            .computeIfAbsent(status, word -> writer(RowStatus.folderOf(folder, word)))
            .write(output(row, status.equals(RowStatus.PASSED.word())));
      }
      writers.values().forEach(RowWriter::finish);
    } finally {
      writers.values().forEach(RowWriter::close); // which never fails
    }
  }

  private RowWriter writer(String folder) {
    List<Column> file = new ArrayList<>();
    file.add(new Column("_load", Simple.BIGINT));
    file.add(new Column("_origin", Simple.TEXT));
    file.add(new Column("_row", Simple.BIGINT));
    file.add(new Column("_business_date", Simple.DATE));
    file.add(new Column("_ingested_at", Simple.TIMESTAMP));
    file.add(new Column("_transformed_at", Simple.TIMESTAMP));
    file.addAll(plan.columns());
    file.add(new Column("_reason", Simple.TEXT));
    file.add(new Column("_column", Simple.TEXT));
    plan.digests().forEach(name -> file.add(new Column(name, Simple.BIGINT)));
    String path = folder + "/part-00000.parquet";
    int digests = plan.digests().size();
    return digests == 0
        ? lake.newWriter(path, file)
        : ParquetRows.write(
            path,
            lake.files().newOutput(path),
            () -> lake.files().newInput(path),
            file,
            "_digests",
            digests);
  }

  /** What does not pass keeps its pointer and its reason alone. */
  private Object[] output(Object[] row, boolean passed) {
    int said = plan.columns().size();
    int digests = plan.digests().size();
    Object[] out = new Object[8 + said + digests];
    out[0] = raw.number();
    out[1] = row[0];
    out[2] = row[1];
    out[3] = Math.toIntExact(raw.businessDate().toEpochDay());
    out[4] = row[2];
    out[5] = now.getEpochSecond() * 1_000_000L + now.getNano() / 1_000;
    if (passed) {
      System.arraycopy(row, RowShape.STANDARD_HEAD, out, 6, said);
      System.arraycopy(row, RowShape.STANDARD_HEAD + said, out, 8 + said, digests);
    }
    out[6 + said] = row[RowShape.REASON];
    out[7 + said] = row[RowShape.REASON + 1];
    return out;
  }
}
