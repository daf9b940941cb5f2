package dev.loadstar.tables;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.loadstar.core.type.Column;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A curated table: name ({@code dim_customer}), kind, columns in order, primary key columns.
 *
 * @param definition what it was built by, in its written form; another one means building it again
 */
public record TableShape(
    String name,
    Kind kind,
    List<TableColumn> columns,
    List<String> key,
    @JsonAlias("fingerprint") String definition) {
  /** Who sees a table. */
  public enum Kind {
    DIMENSION,
    FACT,
    /** Observations and kept states: never leaves the lake. */
    STATE
  }

  public TableShape {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    List<String> names = columns.stream().map(TableColumn::name).toList();
    if (key.isEmpty() || !names.containsAll(key)) {
      throw new IllegalArgumentException(name + " needs a primary key among its columns");
    }
  }

  public boolean published() {
    return kind != Kind.STATE;
  }

  /** The columns that a warehouse gets, in order. */
  public List<TableColumn> publishedColumns() {
    return columns.stream().filter(column -> column.role() != ColumnRole.INTERNAL).toList();
  }

  /** All columns as name and type. */
  public List<Column> plainColumns() {
    return columns.stream().map(TableColumn::plain).toList();
  }

  public List<String> names() {
    return columns.stream().map(TableColumn::name).toList();
  }

  public Optional<TableColumn> column(String wanted) {
    return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
  }

  /** The columns of a role, in order. */
  public Stream<TableColumn> of(ColumnRole role) {
    return columns.stream().filter(column -> column.role() == role);
  }
}
