package dev.loadstar.tables.spark.local;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Copies of rows that stay when the next row comes. */
final class Copies {
  private final Seq<Attribute> columns;
  private UnsafeProjection unsafe;

  Copies(Seq<Attribute> columns) {
    this.columns = columns;
  }

  UnsafeRow of(InternalRow row) {
    return packed(row).copy();
  }

  /** The same row, valid as long as it is. */
  UnsafeRow packed(InternalRow row) {
    if (row instanceof UnsafeRow same) {
      return same;
    }
    if (unsafe == null) {
      List<Expression> all = new ArrayList<>();
      for (Attribute column : CollectionConverters.asJava(columns)) {
        all.add(new BoundReference(all.size(), column.dataType(), column.nullable()));
      }
      unsafe = Interpreted.unsafe(all);
    }
    return unsafe.apply(row);
  }
}
