package dev.loadstar.tables.spark.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import scala.collection.immutable.Seq;

/** Where rows come from. Closing lets go of what was opened. */
final class Sources implements AutoCloseable {
  private final SparkSession session;
  private final List<AutoCloseable> open = new ArrayList<>();

  Sources(SparkSession session) {
    this.session = session;
  }

  Rows files(HadoopFsRelation files, Seq<Attribute> columns) {
    return new Rows(new FileRows(session, files, columns, open::add), columns);
  }

  Iterator<InternalRow> table(Scan scan) {
    Batch batch = scan.toBatch();
    PartitionReaderFactory readers = batch.createReaderFactory();
    Iterator<InputPartition> parts = Arrays.asList(batch.planInputPartitions()).iterator();
    return new Iterator<>() {
      private PartitionReader<InternalRow> reader;
      private boolean has;

      @Override
      public boolean hasNext() {
        try {
          while (!has && (reader != null || parts.hasNext())) {
            if (reader == null) {
              reader = readers.createReader(parts.next());
              open.add(reader);
            }
            has = reader.next();
            if (!has) {
              reader.close();
              open.remove(reader);
              reader = null;
            }
          }
          return has;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public InternalRow next() {
        has = false;
        return reader.get();
      }
    };
  }

  /** Closes all, then throws the first failure. */
  @Override
  public void close() {
    IllegalStateException failure = null;
    for (AutoCloseable one : open) {
      try {
        one.close();
      } catch (Exception e) {
        failure =
            failure == null ? new IllegalStateException("cannot close what was read", e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
