package dev.loadstar.tables.spark;

import dev.loadstar.core.type.Column;
import dev.loadstar.tables.KeyOrder;
import dev.loadstar.tables.stored.ChangeSet;
import dev.loadstar.tables.stored.NewestRows;
import dev.loadstar.tables.stored.RowSequence;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Merges the rows of one partition, which Spark sorted by key and of one key the newest set's
 * first. A row is the table's columns and then {@link ChangeSet#OP}; answers the table's columns of
 * live rows.
 */
final class NewestPartitionRows implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Column> columns;
  private final ArrayList<String> key;

  NewestPartitionRows(List<Column> columns, List<String> key) {
    this.columns = new ArrayList<>(columns);
    this.key = new ArrayList<>(key);
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    PlainRows plain = new PlainRows(columns);
    NewestRows newest = new NewestRows(sequence(rows, plain), new KeyOrder(columns, key));
    return new Iterator<>() {
      private Object[] next = advance();

      private Object[] advance() {
        Object[] row = newest.next();
        while (row != null && newest.deleted()) {
          row = newest.next();
        }
        return row;
      }

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public InternalRow next() {
        if (next == null) {
          throw new NoSuchElementException();
        }
        InternalRow row = plain.write(next);
        next = advance();
        return row;
      }
    };
  }

  private RowSequence sequence(Iterator<InternalRow> rows, PlainRows plain) {
    Object[] row = new Object[columns.size()];
    return new RowSequence() {
      private boolean deleted;

      @Override
      public Object[] next() {
        if (!rows.hasNext()) {
          return null;
        }
        InternalRow next = rows.next();
        plain.read(next, row);
        deleted = ChangeSet.DELETE.equals(next.getUTF8String(columns.size()).toString());
        return row;
      }

      @Override
      public boolean deleted() {
        return deleted;
      }

      @Override
      public void close() {}
    };
  }
}
