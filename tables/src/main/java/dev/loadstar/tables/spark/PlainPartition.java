package dev.loadstar.tables.spark;

import dev.loadstar.core.type.Column;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;

/** Hands Spark's rows of a partition to a function of plain ones, and its answer back. */
final class PlainPartition implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Column> from;
  private final ArrayList<Column> to;
  private final RowsFunction function;

  PlainPartition(List<Column> from, List<Column> to, RowsFunction function) {
    this.from = new ArrayList<>(from);
    this.to = new ArrayList<>(to);
    this.function = function;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    PlainRows in = new PlainRows(from);
    PlainRows out = new PlainRows(to);
    Object[] row = new Object[from.size()];
    Iterator<Object[]> answers =
        function.apply(
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return rows.hasNext();
              }

              @Override
              public Object[] next() {
                in.read(rows.next(), row);
                return row;
              }
            });
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return answers.hasNext();
      }

      @Override
      public InternalRow next() {
        return out.write(answers.next());
      }
    };
  }

  /** What Spark's pages show. */
  @Override
  public String toString() {
    return function.getClass().getSimpleName();
  }
}
