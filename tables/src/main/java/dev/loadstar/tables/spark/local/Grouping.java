package dev.loadstar.tables.spark.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.optimizer.NormalizeFloatingNumbers$;
import org.apache.spark.sql.catalyst.planning.PhysicalAggregation;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Groups rows and aggregates each group.
 *
 * @param results of the keys and of what the functions answer
 */
record Grouping(
    List<NamedExpression> keys,
    List<AggregateExpression> functions,
    Seq<NamedExpression> results,
    LogicalPlan child) {
  static boolean knows(Aggregate aggregate) {
    return aggregate.hint().isEmpty()
        && PhysicalAggregation.unapply(aggregate).isDefined()
        && of(aggregate).functions.stream().allMatch(Aggregated::knows);
  }

  static Grouping of(Aggregate aggregate) {
    var parts = PhysicalAggregation.unapply(aggregate).get();
    return new Grouping(
        CollectionConverters.asJava(parts._1()),
        CollectionConverters.asJava(parts._2()),
        parts._3(),
        parts._4());
  }

  Rows rows(Rows in, Seq<Attribute> output) {
    List<Expression> bound = new ArrayList<>();
    for (NamedExpression key : keys) {
      Expression normal = NormalizeFloatingNumbers$.MODULE$.normalize((Expression) key);
      bound.add(Interpreted.bound(normal, in.columns()));
    }
    UnsafeProjection key = Interpreted.unsafe(bound);
    List<Aggregated> aggregated =
        functions.stream().map(function -> new Aggregated(function, in.columns())).toList();
    Map<UnsafeRow, Aggregated.State[]> groups = new LinkedHashMap<>();
    while (in.rows().hasNext()) {
      InternalRow row = in.rows().next();
      UnsafeRow at = key.apply(row);
      Aggregated.State[] states = groups.get(at);
      if (states == null) {
        states = begin(aggregated);
        groups.put(at.copy(), states);
      }
      for (int i = 0; i < states.length; i++) {
        aggregated.get(i).add(states[i], row);
      }
    }
    if (keys.isEmpty() && groups.isEmpty()) {
      groups.put(key.apply(InternalRow.empty()).copy(), begin(aggregated));
    }
    return results(groups, aggregated, output);
  }

  private static Aggregated.State[] begin(List<Aggregated> aggregated) {
    return aggregated.stream().map(Aggregated::begin).toArray(Aggregated.State[]::new);
  }

  private Rows results(
      Map<UnsafeRow, Aggregated.State[]> groups,
      List<Aggregated> aggregated,
      Seq<Attribute> output) {
    List<Attribute> columns = new ArrayList<>();
    keys.forEach(key -> columns.add(key.toAttribute()));
    functions.forEach(function -> columns.add(function.resultAttribute()));
    UnsafeProjection result =
        Interpreted.unsafe(results, CollectionConverters.asScala(columns).toSeq());
    return new Rows(
        groups.entrySet().stream()
            .<InternalRow>map(
                group -> {
                  Object[] values = new Object[columns.size()];
                  for (int i = 0; i < keys.size(); i++) {
                    values[i] = group.getKey().get(i, columns.get(i).dataType());
                  }
                  for (int i = 0; i < aggregated.size(); i++) {
                    values[keys.size() + i] = aggregated.get(i).end(group.getValue()[i]);
                  }
                  return result.apply(new GenericInternalRow(values));
                })
            .iterator(),
        output);
  }
}
