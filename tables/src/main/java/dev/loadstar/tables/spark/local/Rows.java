package dev.loadstar.tables.spark.local;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import scala.collection.immutable.Seq;

/**
 * What an operator answers.
 *
 * @param rows each valid until the next
 * @param columns what stands where in them
 */
record Rows(Iterator<InternalRow> rows, Seq<Attribute> columns) {
  Rows map(Function<InternalRow, InternalRow> function, Seq<Attribute> to) {
    return new Rows(
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return rows.hasNext();
          }

          @Override
          public InternalRow next() {
            return function.apply(rows.next());
          }
        },
        to);
  }

  Rows filter(Predicate<InternalRow> condition) {
    return new Rows(
        new Iterator<>() {
          private InternalRow next;

          @Override
          public boolean hasNext() {
            while (next == null && rows.hasNext()) {
              InternalRow row = rows.next();
              next = condition.test(row) ? row : null;
            }
            return next != null;
          }

          @Override
          public InternalRow next() {
            if (!hasNext()) {
              throw new NoSuchElementException();
            }
            InternalRow row = next;
            next = null;
            return row;
          }
        },
        columns);
  }

  /** Each row becomes some. */
  Rows flatMap(Function<InternalRow, Iterator<InternalRow>> function, Seq<Attribute> to) {
    return new Rows(new Flattened(rows, function), to);
  }

  private static final class Flattened implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private final Function<InternalRow, Iterator<InternalRow>> function;
    private Iterator<InternalRow> some = java.util.Collections.emptyIterator();

    Flattened(Iterator<InternalRow> rows, Function<InternalRow, Iterator<InternalRow>> function) {
      this.rows = rows;
      this.function = function;
    }

    @Override
    public boolean hasNext() {
      while (!some.hasNext() && rows.hasNext()) {
        some = function.apply(rows.next());
      }
      return some.hasNext();
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return some.next();
    }
  }
}
