package dev.loadstar.tables.spark.local;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.InterpretedOrdering;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.DeserializeToObject;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.MapPartitions;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionOperation;
import org.apache.spark.sql.catalyst.plans.logical.SerializeFromObject;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanRelation;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The rows of a query that {@link FewRows} lets through. Closing ends what was not read out. */
final class Operators implements AutoCloseable {
  private final Sources sources;

  Operators(SparkSession session) {
    this.sources = new Sources(session);
  }

  Iterator<InternalRow> rows(LogicalPlan query) {
    Rows all = of(query, null);
    Copies packed = new Copies(all.columns());
    return all.map(packed::packed, all.columns()).rows();
  }

  private Rows of(LogicalPlan plan) {
    return of(plan, null);
  }

  /**
   * @param wanted the columns that are needed; all with null
   */
  private Rows of(LogicalPlan plan, AttributeSet wanted) {
    if (plan instanceof Project project) {
      Rows rows = of(project.child(), references(project.projectList()));
      return rows.map(Interpreted.passing(project.projectList(), rows.columns()), project.output());
    }
    if (plan instanceof Filter filter) {
      Rows rows =
          of(
              filter.child(),
              wanted == null ? null : wanted.$plus$plus(filter.condition().references()));
      BasePredicate condition = Interpreted.predicate(filter.condition(), rows.columns());
      return rows.filter(condition::eval);
    }
    if (plan instanceof LogicalRelation files) {
      return sources.files((HadoopFsRelation) files.relation(), columns(files.output(), wanted));
    }
    if (plan instanceof DataSourceV2ScanRelation table) {
      return new Rows(sources.table(table.scan()), plan.output());
    }
    if (plan instanceof LogicalRDD kept) {
      return in(((RowsInMemory) kept.rdd()).rows(), plan);
    }
    if (plan instanceof LocalRelation local) {
      return in(CollectionConverters.asJava(local.data()), plan);
    }
    if (plan instanceof OneRowRelation) {
      return in(List.of(new GenericInternalRow(0)), plan);
    }
    return inner(plan);
  }

  private Rows inner(LogicalPlan plan) {
    if (plan instanceof Join join) {
      HashJoin hashed = HashJoin.of(join);
      return hashed.rows(of(hashed.left()), of(hashed.right()), plan.output());
    }
    if (plan instanceof Aggregate aggregate) {
      Grouping grouping = Grouping.of(aggregate);
      return grouping.rows(of(grouping.child()), plan.output());
    }
    if (plan instanceof Union union) {
      List<Rows> all =
          CollectionConverters.asJava(union.children()).stream().map(this::of).toList();
      return new Rows(one(all), plan.output());
    }
    if (plan instanceof Sort sort) {
      return sorted(of(sort.child()), sort);
    }
    if (plan instanceof GlobalLimit limit) {
      return first(of(limit.child()), (Integer) limit.limitExpr().eval(null));
    }
    if (plan instanceof LocalLimit limit) {
      return first(of(limit.child()), (Integer) limit.limitExpr().eval(null));
    }
    if (plan instanceof RepartitionOperation all) {
      return of(all.child());
    }
    if (plan instanceof Expand expand) {
      return expanded(of(expand.child()), expand);
    }
    return objects(plan);
  }

  /** Rows in and out of functions of objects. */
  private Rows objects(LogicalPlan plan) {
    if (plan instanceof DeserializeToObject object) {
      Rows rows = of(object.child());
      Expression made = Interpreted.bound(object.deserializer(), rows.columns());
      return rows.map(row -> new GenericInternalRow(new Object[] {made.eval(row)}), plan.output());
    }
    if (plan instanceof SerializeFromObject object) {
      Rows rows = of(object.child());
      UnsafeProjection row = Interpreted.unsafe(object.serializer(), rows.columns());
      return rows.map(row::apply, plan.output());
    }
    if (plan instanceof MapPartitions map) {
      Iterator<InternalRow> rows = of(map.child()).rows();
      Iterator<Object> objects =
          new Iterator<>() {
            @Override
            public boolean hasNext() {
              return rows.hasNext();
            }

            @Override
            public Object next() {
              return rows.next().get(0, null);
            }
          };
      Iterator<Object> answers =
          CollectionConverters.asJava(map.func().apply(CollectionConverters.asScala(objects)));
      return new Rows(
          new Iterator<>() {
            @Override
            public boolean hasNext() {
              return answers.hasNext();
            }

            @Override
            public InternalRow next() {
              return new GenericInternalRow(new Object[] {answers.next()});
            }
          },
          plan.output());
    }
    throw new IllegalArgumentException("no answer to " + plan.nodeName() + " here");
  }

  private static Rows in(List<? extends InternalRow> rows, LogicalPlan plan) {
    Iterator<? extends InternalRow> all = rows.iterator();
    return new Rows(
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return all.hasNext();
          }

          @Override
          public InternalRow next() {
            return all.next();
          }
        },
        plan.output());
  }

  private static Iterator<InternalRow> one(List<Rows> all) {
    Iterator<Rows> parts = all.iterator();
    return new Iterator<>() {
      private Iterator<InternalRow> part = java.util.Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        while (!part.hasNext() && parts.hasNext()) {
          part = parts.next().rows();
        }
        return part.hasNext();
      }

      @Override
      public InternalRow next() {
        return part.next();
      }
    };
  }

  private static Rows sorted(Rows rows, Sort sort) {
    InterpretedOrdering order = new InterpretedOrdering(sort.order(), rows.columns());
    Copies copies = new Copies(rows.columns());
    List<UnsafeRow> all = new ArrayList<>();
    rows.rows().forEachRemaining(row -> all.add(copies.of(row)));
    all.sort(order::compare);
    return new Rows(List.<InternalRow>copyOf(all).iterator(), rows.columns());
  }

  private static Rows first(Rows rows, int n) {
    Iterator<InternalRow> all = rows.rows();
    return new Rows(
        new Iterator<>() {
          private int left = n;

          @Override
          public boolean hasNext() {
            return left > 0 && all.hasNext();
          }

          @Override
          public InternalRow next() {
            left--;
            return all.next();
          }
        },
        rows.columns());
  }

  private static Rows expanded(Rows rows, Expand expand) {
    List<UnsafeProjection> each =
        CollectionConverters.asJava(expand.projections()).stream()
            .map(expressions -> Interpreted.unsafe(expressions, rows.columns()))
            .toList();
    return rows.flatMap(
        row -> each.stream().<InternalRow>map(projection -> projection.apply(row)).iterator(),
        expand.output());
  }

  private static AttributeSet references(Seq<?> expressions) {
    return AttributeSet.fromAttributeSets(
        CollectionConverters.asScala(
            CollectionConverters.asJava(expressions).stream()
                .map(e -> ((Expression) e).references())
                .toList()));
  }

  @SuppressWarnings("unchecked") // Scala's sequences are covariant, Java does not know
  private static Seq<Attribute> columns(Seq<? extends Attribute> all, AttributeSet wanted) {
    Stream<? extends Attribute> some =
        CollectionConverters.asJava(all).stream()
            .filter(column -> wanted == null || wanted.contains(column));
    return (Seq<Attribute>) (Seq<?>) CollectionConverters.asScala(some.toList()).toSeq();
  }

  @Override
  public void close() {
    sources.close();
  }
}
