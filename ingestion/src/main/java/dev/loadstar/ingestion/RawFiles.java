package dev.loadstar.ingestion;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.row.ColumnValues;
import dev.loadstar.core.row.RowBatch;
import dev.loadstar.core.time.BusinessDate;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.LoadFiles;
import dev.loadstar.lake.load.RecordFormat;
import dev.loadstar.lake.parquet.RowWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The Parquet files of one raw load, one per sink that got rows. Not thread safe. */
final class RawFiles {
  private static final List<Column> BOOKKEEPING =
      List.of(
          new Column("_source", Simple.TEXT),
          new Column("_entity", Simple.TEXT),
          new Column("_load", Simple.TEXT),
          new Column("_business_date", Simple.DATE),
          new Column("_ingested_at", Simple.TIMESTAMP),
          new Column("_origin", Simple.TEXT),
          new Column("_row", Simple.BIGINT),
          new Column("_malformed", Simple.TEXT));
  private static final int FIRST_OWN = BOOKKEEPING.size();
  private static final int ORIGIN = 5;
  private static final int ROW = 6;
  private static final int MALFORMED = 7;

  private final Lake lake;
  private final String attempt;
  private final String folder;
  private final List<Column> columns = new ArrayList<>(BOOKKEEPING);
  private final Object[] bookkeeping;
  private int files;

  RawFiles(
      Lake lake, EntityName entity, BusinessDate date, ExtractionPlan<?> plan, Instant ingestedAt) {
    this.lake = lake;
    this.attempt = lake.newAttempt();
    this.folder = Lake.rawFolder(entity, date.date(), attempt);
    columns.addAll(
        plan.format() == RecordFormat.JSON
            ? List.of(new Column("_record", Simple.TEXT))
            : plan.columns());
    requireDistinct(entity);
    this.bookkeeping =
        new Object[] {
          entity.source(),
          entity.entity(),
          attempt,
          Math.toIntExact(date.date().toEpochDay()),
          ChronoUnit.MICROS.between(Instant.EPOCH, ingestedAt)
        };
  }

  private void requireDistinct(EntityName entity) {
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new LoadException(
            ErrorCode.SCHEMA_MISMATCH,
            "Cannot ingest %s: found the column %s twice or under a name that Loadstar keeps for itself, expected names of its own. Rename it at the source, for example in a view."
                .formatted(entity, column.name()));
      }
    }
  }

  String attempt() {
    return attempt;
  }

  /** A copied split; without rows it has no file. */
  record Copied(SplitResult result, LoadFiles files) {}

  /** Copies a split into fresh files; after a failure the next try gets others. */
  <S extends Split> Copied copy(SourceAdapter<S> adapter, S split) {
    List<Sink> sinks = new ArrayList<>();
    try {
      SplitResult result = adapter.copy(split, newSink(sinks));
      LoadFiles written = LoadFiles.NONE;
      for (Sink sink : sinks) {
        written = written.and(sink.finish());
      }
      return new Copied(result, written);
    } finally {
      sinks.forEach(Sink::close);
    }
  }

  private Sink newSink(List<Sink> sinks) {
    synchronized (sinks) {
      Sink sink = new Sink("%s/%06d.parquet".formatted(folder, ++files), sinks);
      sinks.add(sink);
      return sink;
    }
  }

  private final class Sink implements RawRowSink, AutoCloseable {
    private final String path;
    private final List<Sink> sinks;
    private final Object[] row = Arrays.copyOf(bookkeeping, columns.size());
    private RowWriter writer;

    /**
     * @param sinks all of the split
     */
    Sink(String path, List<Sink> sinks) {
      this.path = path;
      this.sinks = sinks;
    }

    @Override
    public RawRowSink beside() {
      return newSink(sinks);
    }

    @Override
    public void row(String origin, long rowNumber, String malformed, Object[] values) {
      row[ORIGIN] = origin;
      row[ROW] = rowNumber;
      row[MALFORMED] = malformed;
      if (malformed == null) {
        System.arraycopy(values, 0, row, FIRST_OWN, row.length - FIRST_OWN);
      } else {
        Arrays.fill(row, FIRST_OWN, row.length, null);
      }
      writer().write(row);
    }

    @Override
    public void rows(String origin, long firstRow, RowBatch rows) {
      List<ColumnValues> values = new ArrayList<>(columns.size());
      for (Object same : bookkeeping) {
        values.add(new ColumnValues.Same(same));
      }
      values.add(new ColumnValues.Same(origin));
      values.add(new ColumnValues.Numbers(firstRow));
      values.add(new ColumnValues.Same(null)); // well formed
      for (int i = 0; i < rows.columns().size(); i++) {
        values.add(rows.column(i));
      }
      writer().write(values, rows.rows());
    }

    private RowWriter writer() {
      if (writer == null) {
        writer = lake.newWriter(path, columns);
      }
      return writer;
    }

    LoadFiles finish() {
      return writer == null ? LoadFiles.NONE : LoadFiles.of(writer.finish());
    }

    @Override
    public void close() {
      if (writer != null) {
        writer.close();
      }
    }
  }
}
