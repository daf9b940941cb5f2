package dev.loadstar.tables.spark.local;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.planning.ExtractEquiJoinKeys;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * Joins by equal keys; the right rows are held.
 *
 * @param type as Spark names it in SQL
 */
record HashJoin(
    String type,
    LogicalPlan left,
    LogicalPlan right,
    Seq<Expression> leftKeys,
    Seq<Expression> rightKeys,
    Option<Expression> condition) {
  private static final Set<String> TYPES = Set.of("INNER", "LEFT OUTER", "LEFT SEMI", "LEFT ANTI");

  static boolean knows(Join join) {
    return TYPES.contains(join.joinType().sql()) && ExtractEquiJoinKeys.unapply(join).isDefined();
  }

  static HashJoin of(Join join) {
    var keys = ExtractEquiJoinKeys.unapply(join).get();
    return new HashJoin(
        join.joinType().sql(), join.left(), join.right(), keys._2(), keys._3(), keys._4());
  }

  Rows rows(Rows left, Rows right, Seq<Attribute> output) {
    Map<UnsafeRow, List<InternalRow>> held = held(right);
    UnsafeProjection key = Interpreted.unsafe(leftKeys, left.columns());
    JoinedRow both = new JoinedRow();
    BasePredicate holds =
        condition.isEmpty()
            ? null
            : Interpreted.predicate(
                condition.get(), Interpreted.both(left.columns(), right.columns()));
    InternalRow nothing = new GenericInternalRow(right.columns().size());
    return switch (type) {
      case "LEFT SEMI" -> left.filter(row -> meets(row, found(held, key, row), both, holds));
      case "LEFT ANTI" -> left.filter(row -> !meets(row, found(held, key, row), both, holds));
      default ->
          left.flatMap(
              row -> {
                Iterator<InternalRow> pairs =
                    pairs(row, found(held, key, row), both, holds).iterator();
                return type.equals("LEFT OUTER") && !pairs.hasNext()
                    ? List.<InternalRow>of(both.apply(row, nothing)).iterator()
                    : new Joined(row, pairs, both);
              },
              output);
    };
  }

  private Map<UnsafeRow, List<InternalRow>> held(Rows right) {
    UnsafeProjection key = Interpreted.unsafe(rightKeys, right.columns());
    Copies copies = new Copies(right.columns());
    boolean once = condition.isEmpty() && (type.equals("LEFT SEMI") || type.equals("LEFT ANTI"));
    Map<UnsafeRow, List<InternalRow>> held = new HashMap<>();
    while (right.rows().hasNext()) {
      InternalRow row = right.rows().next();
      UnsafeRow at = key.apply(row);
      if (at.anyNull()) {
        continue; // equals nothing
      }
      List<InternalRow> rows = held.get(at);
      if (rows == null) {
        rows = once ? List.of(at) : new ArrayList<>(1);
        held.put(at.copy(), rows);
      }
      if (!once) {
        rows.add(copies.of(row));
      }
    }
    return held;
  }

  private static List<InternalRow> found(
      Map<UnsafeRow, List<InternalRow>> held, UnsafeProjection key, InternalRow row) {
    UnsafeRow at = key.apply(row);
    return at.anyNull() ? List.of() : held.getOrDefault(at, Collections.emptyList());
  }

  private static boolean meets(
      InternalRow row, List<InternalRow> found, JoinedRow both, BasePredicate holds) {
    if (holds == null) {
      return !found.isEmpty();
    }
    for (InternalRow other : found) {
      if (holds.eval(both.apply(row, other))) {
        return true;
      }
    }
    return false;
  }

  private static List<InternalRow> pairs(
      InternalRow row, List<InternalRow> found, JoinedRow both, BasePredicate holds) {
    if (holds == null) {
      return found;
    }
    List<InternalRow> pairs = new ArrayList<>(1);
    for (InternalRow other : found) {
      if (holds.eval(both.apply(row, other))) {
        pairs.add(other);
      }
    }
    return pairs;
  }

  private record Joined(InternalRow row, Iterator<InternalRow> others, JoinedRow both)
      implements Iterator<InternalRow> {
    @Override
    public boolean hasNext() {
      return others.hasNext();
    }

    @Override
    public InternalRow next() {
      return both.apply(row, others.next());
    }
  }
}
