package dev.loadstar.tables.spark.local;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.InterpretedMutableProjection;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.MutableProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.DeclarativeAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.ImperativeAggregate;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** One aggregate function over rows. */
final class Aggregated {
  /**
   * Of one group.
   *
   * @param seen what a function of distinct values has had; else null
   */
  record State(InternalRow buffer, Set<UnsafeRow> seen) {}

  private final AggregateFunction function;
  private final int width;
  private final BasePredicate filter;
  private final UnsafeProjection distinct;
  private final List<Expression> initial;
  private final MutableProjection update;
  private final Expression answer;
  private final JoinedRow both = new JoinedRow();

  Aggregated(AggregateExpression expression, Seq<Attribute> columns) {
    AggregateFunction of = expression.aggregateFunction();
    filter =
        expression.filter().isEmpty()
            ? null
            : Interpreted.predicate(expression.filter().get(), columns);
    distinct = expression.isDistinct() ? Interpreted.unsafe(of.children(), columns) : null;
    width = of.aggBufferAttributes().size();
    if (of instanceof DeclarativeAggregate declared) {
      Seq<Attribute> buffer = plain(declared.aggBufferAttributes());
      function = of;
      initial = CollectionConverters.asJava(declared.initialValues());
      update =
          InterpretedMutableProjection.createProjection(
              CollectionConverters.asScala(
                      Interpreted.bound(
                          declared.updateExpressions(), Interpreted.both(buffer, columns)))
                  .toSeq());
      answer = Interpreted.bound(declared.evaluateExpression(), buffer);
    } else {
      ImperativeAggregate own =
          ((ImperativeAggregate) of)
              .withNewMutableAggBufferOffset(0)
              .withNewInputAggBufferOffset(0);
      function = (AggregateFunction) Interpreted.bound(own, columns);
      initial = List.of();
      update = null;
      answer = function;
    }
  }

  static boolean knows(AggregateExpression expression) {
    return expression.aggregateFunction() instanceof DeclarativeAggregate
        || expression.aggregateFunction() instanceof ImperativeAggregate;
  }

  State begin() {
    InternalRow buffer = new GenericInternalRow(initial.stream().map(e -> e.eval(null)).toArray());
    if (function instanceof ImperativeAggregate own) {
      buffer = new GenericInternalRow(width);
      own.initialize(buffer);
    }
    return new State(buffer, distinct == null ? null : new HashSet<>());
  }

  void add(State state, InternalRow row) {
    if (filter != null && !filter.eval(row)) {
      return;
    }
    if (distinct != null) {
      UnsafeRow values = distinct.apply(row);
      if (state.seen().contains(values)) {
        return;
      }
      state.seen().add(values.copy());
    }
    if (function instanceof ImperativeAggregate own) {
      own.update(state.buffer(), row);
      return;
    }
    Object[] before = ((GenericInternalRow) state.buffer()).values().clone();
    update.target(state.buffer()).apply(both.apply(state.buffer(), row));
    keep(before, ((GenericInternalRow) state.buffer()).values());
  }

  /** What was taken from a row is valid until the next. */
  private static void keep(Object[] before, Object[] now) {
    IntStream.range(0, now.length)
        .filter(i -> now[i] != before[i])
        .forEach(i -> now[i] = InternalRow.copyValue(now[i]));
  }

  Object end(State state) {
    return answer.eval(state.buffer());
  }

  @SuppressWarnings("unchecked") // Scala's sequences are covariant, Java does not know
  private static Seq<Attribute> plain(Seq<? extends Attribute> columns) {
    return (Seq<Attribute>) columns;
  }
}
