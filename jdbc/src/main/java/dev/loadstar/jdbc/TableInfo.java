package dev.loadstar.jdbc;

import dev.loadstar.core.type.Column;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table or view as the catalogue describes it.
 *
 * @param from quoted name for a FROM clause, with its schema
 * @param primaryKey column names in the key's order; empty when there is none
 * @param foreignKeys those that the catalogue declares, those of fewest columns first, then by name
 */
public record TableInfo(
    String from,
    List<SourceColumn> columns,
    List<String> primaryKey,
    List<TableReference> foreignKeys) {
  /** What {@link #select()} calls the table; expressions of columns may say so, too. */
  static final String ALIAS = "t0";

  public TableInfo {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    foreignKeys = List.copyOf(foreignKeys);
  }

  public Optional<SourceColumn> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** All columns with the types that {@link #select()} delivers. */
  public List<Column> typedColumns() {
    return columns.stream().map(column -> new Column(column.name(), column.type())).toList();
  }

  /** {@code SELECT every column FROM table}; append a WHERE clause at will. */
  public String select() {
    return columns.stream()
        .map(SourceColumn::expression)
        .collect(Collectors.joining(", ", "SELECT ", " FROM " + from + " AS " + ALIAS));
  }
}
