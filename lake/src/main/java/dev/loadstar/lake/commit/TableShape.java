package dev.loadstar.lake.commit;

import java.util.List;

/**
 * A curated table: name ({@code dim_customer}), kind, columns in order, primary key columns.
 *
 * @param fingerprint of the definition it was built by; another one means building it again
 */
public record TableShape(
    String name, Kind kind, List<TableColumn> columns, List<String> key, String fingerprint) {
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
  }

  public boolean published() {
    return kind != Kind.STATE;
  }

  /** The columns that a warehouse gets, in order. */
  public List<TableColumn> publishedColumns() {
    return columns.stream().filter(column -> column.role() != ColumnRole.INTERNAL).toList();
  }
}
