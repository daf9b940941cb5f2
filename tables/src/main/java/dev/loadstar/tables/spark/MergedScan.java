package dev.loadstar.tables.spark;

import dev.loadstar.core.type.Column;
import dev.loadstar.lake.parquet.RowFilter;
import dev.loadstar.tables.stored.MergedTable;
import dev.loadstar.tables.stored.RowSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Lets Spark read a merged table without a shuffle: each task merges one range of keys as every
 * other reader does. Spark asks only for the columns that a query needs.
 */
final class MergedScan implements SupportsRead {
  private final ReachableFiles files;
  private final MergedTable table;
  private final long rows;
  private final int parts;

  /**
   * @param table with all columns that a query may ask for
   * @param rows about how many
   * @param parts about how many tasks
   */
  MergedScan(ReachableFiles files, MergedTable table, long rows, int parts) {
    this.files = files;
    this.table = table;
    this.rows = rows;
    this.parts = parts;
  }

  @Override
  public String name() {
    return table.table();
  }

  @Override
  @SuppressWarnings("deprecation") // abstract, so it must be here
  public StructType schema() {
    return SparkTypes.schema(table.wanted());
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new Builder();
  }

  /** Takes the columns that a query needs. */
  private final class Builder implements SupportsPushDownRequiredColumns {
    private List<Column> wanted = table.wanted();

    @Override
    public void pruneColumns(StructType required) {
      List<String> names = Arrays.asList(required.fieldNames());
      wanted = table.wanted().stream().filter(c -> names.contains(c.name())).toList();
    }

    @Override
    public Scan build() {
      return new Ranges(
          files,
          new MergedTable(table.table(), table.sets(), wanted, table.key(), table.since()),
          rows,
          parts);
    }
  }

  private record Ranges(ReachableFiles files, MergedTable table, long rows, int parts)
      implements Scan, Batch, SupportsReportStatistics {
    private static final long BYTES_PER_VALUE = 12;

    @Override
    public StructType readSchema() {
      return SparkTypes.schema(table.wanted());
    }

    @Override
    public Batch toBatch() {
      return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
      List<Object> cuts = table.cuts(files.open(), parts);
      Column first = table.key().get(0);
      List<InputPartition> ranges = new ArrayList<>();
      Object from = null;
      for (Object cut : cuts) {
        ranges.add(new Range(Optional.of(new RowFilter.Between(first, from, cut))));
        from = cut;
      }
      ranges.add(
          from == null
              ? new Range(Optional.empty())
              : new Range(Optional.of(new RowFilter.Between(first, from, null))));
      return ranges.toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      return new Readers(files, table);
    }

    @Override
    public Statistics estimateStatistics() {
      return new Statistics() {
        @Override
        public OptionalLong sizeInBytes() {
          return OptionalLong.of(rows * (table.wanted().size() + 1) * BYTES_PER_VALUE);
        }

        @Override
        public OptionalLong numRows() {
          return OptionalLong.of(rows);
        }
      };
    }

    @Override
    public String description() {
      return table.table(); // a plan tells names, not places
    }
  }

  /** Rows whose first key column lies in a range; empty for all. */
  private static final class Range implements InputPartition {
    private static final long serialVersionUID = 1L;
    private final RowFilter.Between between;

    Range(Optional<RowFilter.Between> between) {
      this.between = between.orElse(null);
    }
  }

  private record Readers(ReachableFiles files, MergedTable table)
      implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      RowFilter.Between range = ((Range) partition).between;
      // A filter finds no null, and nulls come first. So the first range is read from the start,
      // unfiltered, up to its end.
      Optional<RowFilter> filter =
          range == null || range.from() == null ? Optional.empty() : Optional.of(range);
      return new RangeReader(
          table.open(files.open(), filter),
          new PlainRows(table.wanted()),
          RangeEdges.of(table, range));
    }
  }

  private static final class RangeReader implements PartitionReader<InternalRow> {
    private final RowSequence rows;
    private final PlainRows plain;
    private final RangeEdges edges;
    private Object[] row;

    RangeReader(RowSequence rows, PlainRows plain, RangeEdges edges) {
      this.rows = rows;
      this.plain = plain;
      this.edges = edges;
    }

    @Override
    public boolean next() {
      row = rows.next();
      while (row != null && !edges.endBefore(row) && (rows.deleted() || !edges.contain(row))) {
        row = rows.next();
      }
      return row != null && !edges.endBefore(row);
    }

    @Override
    public InternalRow get() {
      return plain.write(row);
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
