package dev.loadstar.lake.parquet;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.filter2.predicate.Operators;
import org.apache.parquet.filter2.predicate.Operators.SupportsEqNotEq;
import org.apache.parquet.filter2.predicate.Operators.SupportsLtGt;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;

/** A {@link RowFilter} in Parquet's words, where the file's column is of the filter's own type. */
final class PageFilter {
  private PageFilter() {}

  static Optional<FilterPredicate> of(RowFilter filter, MessageType file) {
    Column column = filter.column();
    boolean same =
        file.containsField(column.name())
            && ParquetSchema.typeOf(file.getType(column.name()))
                .filter(column.type()::equals)
                .isPresent();
    if (!same || !(column.type() instanceof Simple simple)) {
      return Optional.empty();
    }
    PrimitiveType stored = file.getType(column.name()).asPrimitiveType();
    return switch (simple) {
      case INT, DATE ->
          predicate(
              filter, FilterApi.intColumn(column.name()), v -> (Integer) v, stored.comparator());
      case BIGINT, TIMESTAMP, LOCAL_TIMESTAMP ->
          predicate(
              filter, FilterApi.longColumn(column.name()), v -> (Long) v, stored.comparator());
      case TEXT ->
          predicate(
              filter,
              FilterApi.binaryColumn(column.name()),
              v -> Binary.fromString((String) v),
              stored.comparator());
      default -> Optional.empty();
    };
  }

  private static <
          T extends Comparable<T>, C extends Operators.Column<T> & SupportsLtGt & SupportsEqNotEq>
      Optional<FilterPredicate> predicate(
          RowFilter filter, C column, Function<Object, T> value, Comparator<T> order) {
    if (filter instanceof RowFilter.Among among) {
      List<T> values = among.values().stream().map(value).toList();
      return Optional.of(FilterApi.userDefined(column, new WantedValues<>(values, order)));
    }
    RowFilter.Between between = (RowFilter.Between) filter;
    FilterPredicate from =
        between.from() == null ? null : FilterApi.gtEq(column, value.apply(between.from()));
    FilterPredicate before =
        between.before() == null ? null : FilterApi.lt(column, value.apply(between.before()));
    if (from == null || before == null) {
      return Optional.ofNullable(from == null ? before : from);
    }
    return Optional.of(FilterApi.and(from, before));
  }

  /** Whether a filter on this type can pass over pages at all. */
  static boolean knows(ColumnType type) {
    return type == Simple.INT
        || type == Simple.DATE
        || type == Simple.BIGINT
        || type == Simple.TIMESTAMP
        || type == Simple.LOCAL_TIMESTAMP
        || type == Simple.TEXT;
  }
}
