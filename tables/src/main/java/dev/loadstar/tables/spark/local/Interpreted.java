package dev.loadstar.tables.spark.local;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.BindReferences;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.InterpretedPredicate;
import org.apache.spark.sql.catalyst.expressions.InterpretedUnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.package$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Spark's expressions, evaluated as they are instead of compiled. */
final class Interpreted {
  private Interpreted() {}

  static Expression bound(Expression expression, Seq<Attribute> input) {
    return BindReferences.bindReference(expression, package$.MODULE$.AttributeSeq(input), false);
  }

  /**
   * @param expressions each an {@link Expression}, which Java sees of some and not of others
   */
  static List<Expression> bound(Seq<?> expressions, Seq<Attribute> input) {
    return CollectionConverters.asJava(expressions).stream()
        .map(e -> bound((Expression) e, input))
        .toList();
  }

  /** The columns of two rows beside each other. */
  static Seq<Attribute> both(Seq<? extends Attribute> left, Seq<? extends Attribute> right) {
    List<Attribute> all = new ArrayList<>(CollectionConverters.asJava(left));
    all.addAll(CollectionConverters.asJava(right));
    return CollectionConverters.asScala(all).toSeq();
  }

  static BasePredicate predicate(Expression condition, Seq<Attribute> input) {
    BasePredicate predicate = new InterpretedPredicate(bound(condition, input));
    predicate.initialize(0);
    return predicate;
  }

  /**
   * @param bound to the rows that come
   * @return answers one row again and again
   */
  static UnsafeProjection unsafe(List<Expression> bound) {
    UnsafeProjection projection =
        InterpretedUnsafeProjection.createProjection(CollectionConverters.asScala(bound).toSeq());
    projection.initialize(0);
    return projection;
  }

  static UnsafeProjection unsafe(Seq<?> expressions, Seq<Attribute> input) {
    return unsafe(bound(expressions, input));
  }

  /**
   * The same without packing the values together, for rows that only pass by.
   *
   * @return answers one row again and again
   */
  static Function<InternalRow, InternalRow> passing(Seq<?> expressions, Seq<Attribute> input) {
    List<Expression> bound = bound(expressions, input);
    if (!bound.stream().allMatch(Expression::deterministic)) {
      return unsafe(bound)::apply; // which begins with them
    }
    Expression[] all = bound.stream().map(Interpreted::named).toArray(Expression[]::new);
    Object[] values = new Object[all.length];
    InternalRow row = new GenericInternalRow(values);
    return in -> {
      for (int i = 0; i < all.length; i++) {
        values[i] = all[i].eval(in);
      }
      return row;
    };
  }

  private static Expression named(Expression expression) {
    return expression instanceof Alias alias ? alias.child() : expression;
  }
}
