package dev.loadstar.lake.parquet;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.filter2.predicate.Operators;
import org.apache.parquet.filter2.predicate.Operators.SupportsEqNotEq;
import org.apache.parquet.filter2.predicate.Operators.SupportsLtGt;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/** A {@link RowFilter} in Parquet's words, where the file's column is of the filter's own type. */
final class PageFilter {
  /** Parquet compares a page with every value of a set. */
  private static final int MAX_VALUES = 1_000;

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
    return switch (simple) {
      case INT, DATE -> predicate(filter, FilterApi.intColumn(column.name()), v -> (Integer) v);
      case BIGINT, TIMESTAMP, LOCAL_TIMESTAMP ->
          predicate(filter, FilterApi.longColumn(column.name()), v -> (Long) v);
      case TEXT ->
          predicate(
              filter, FilterApi.binaryColumn(column.name()), v -> Binary.fromString((String) v));
      default -> Optional.empty();
    };
  }

  private static <
          T extends Comparable<T>, C extends Operators.Column<T> & SupportsLtGt & SupportsEqNotEq>
      Optional<FilterPredicate> predicate(RowFilter filter, C column, Function<Object, T> value) {
    if (filter instanceof RowFilter.Among among) {
      if (among.values().isEmpty() || among.values().size() > MAX_VALUES) {
        return Optional.empty();
      }
      Set<T> values = among.values().stream().map(value).collect(Collectors.toSet());
      return Optional.of(FilterApi.in(column, values));
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
