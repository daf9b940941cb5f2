package dev.loadstar.tables;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import java.util.Optional;

/**
 * A column of a curated table.
 *
 * @param references for a FOREIGN_KEY the name of the dimension's table, else empty
 */
public record TableColumn(
    String name, ColumnType type, ColumnRole role, Optional<String> references) {
  public static TableColumn of(String name, ColumnType type, ColumnRole role) {
    return new TableColumn(name, type, role, Optional.empty());
  }

  public static TableColumn foreignKey(String name, String dimensionTable) {
    return new TableColumn(
        name,
        dev.loadstar.core.type.ColumnType.Simple.BIGINT,
        ColumnRole.FOREIGN_KEY,
        Optional.of(dimensionTable));
  }

  /** Name and type. */
  public Column plain() {
    return new Column(name, type);
  }
}
