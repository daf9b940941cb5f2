package dev.loadstar.tables.spark;

import dev.loadstar.core.type.Column;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.parquet.RowReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * Files with few rows in all, read as every other reader of a lake reads them. Spark's own source
 * looks each file up first, lists it and copies a configuration, which costs more than such rows.
 */
final class FilesScan implements SupportsRead {
  private final ReachableFiles files;
  private final List<Column> columns;
  private final List<DataFile> from;

  FilesScan(ReachableFiles files, List<Column> columns, List<DataFile> from) {
    this.files = files;
    this.columns = columns;
    this.from = from;
  }

  @Override
  public String name() {
    return "files"; // a plan tells no places
  }

  @Override
  @SuppressWarnings("deprecation") // abstract, so it must be here
  public StructType schema() {
    return SparkTypes.schema(columns);
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new SupportsPushDownRequiredColumns() {
      private List<Column> wanted = columns;

      @Override
      public void pruneColumns(StructType required) {
        List<String> names = Arrays.asList(required.fieldNames());
        wanted = columns.stream().filter(c -> names.contains(c.name())).toList();
      }

      @Override
      public Scan build() {
        return new Files(files, wanted, from);
      }
    };
  }

  private record Files(ReachableFiles files, List<Column> wanted, List<DataFile> from)
      implements Scan, Batch, SupportsReportStatistics {
    @Override
    public StructType readSchema() {
      return SparkTypes.schema(wanted);
    }

    @Override
    public Batch toBatch() {
      return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
      return from.stream().map(OneFile::new).toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      return new Readers(files, new ArrayList<>(wanted));
    }

    @Override
    public Statistics estimateStatistics() {
      return new Statistics() {
        @Override
        public OptionalLong sizeInBytes() {
          return OptionalLong.of(from.stream().mapToLong(DataFile::bytes).sum());
        }

        @Override
        public OptionalLong numRows() {
          return OptionalLong.of(from.stream().mapToLong(DataFile::rows).sum());
        }
      };
    }

    @Override
    public String description() {
      return "files";
    }
  }

  private record OneFile(DataFile file) implements InputPartition {}

  private record Readers(ReachableFiles files, ArrayList<Column> wanted)
      implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      RowReader rows = files.open().read(((OneFile) partition).file(), wanted);
      PlainRows plain = new PlainRows(wanted);
      return new PartitionReader<>() {
        private Object[] row;

        @Override
        public boolean next() {
          row = rows.next();
          return row != null;
        }

        @Override
        public InternalRow get() {
          return plain.write(row);
        }

        @Override
        public void close() {
          rows.close();
        }
      };
    }
  }
}
