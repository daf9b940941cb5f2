package dev.loadstar.warehouse.staging;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.jdbc.SourceColumn;
import dev.loadstar.jdbc.TableInfo;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.warehouse.WarehouseDialect;
import dev.loadstar.warehouse.WarehouseTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Compares the star with the tables that migrations made, before anything is sent. */
public final class SchemaCheck {
  private final WarehouseTarget target;
  private final WarehouseDialect dialect;

  public SchemaCheck(WarehouseTarget target, WarehouseDialect dialect) {
    this.target = target;
    this.dialect = dialect;
  }

  /**
   * @throws LoadException {@code SCHEMA_MISMATCH} that lists everything the warehouse lacks
   */
  public void require(Connection connection, Collection<TableShape> shapes) throws SQLException {
    List<String> lacks = new ArrayList<>();
    for (TableShape shape : shapes) {
      String name = target.schemas().get("dw") + "." + shape.name();
      Optional<TableInfo> table = target.database().engine().table(connection, name);
      if (table.isEmpty()) {
        lacks.add("table " + name);
        continue;
      }
      for (TableColumn column : shape.publishedColumns()) {
        String wanted = name + "." + column.name() + " " + column.type().text();
        Optional<SourceColumn> found = table.get().column(column.name());
        if (found.isEmpty()) {
          lacks.add("column " + wanted);
        } else if (!holds(found.get(), column.type())) {
          lacks.add("column " + wanted + " (it is " + found.get().declared() + ")");
        }
      }
    }
    if (!lacks.isEmpty()) {
      throw new LoadException(
          ErrorCode.SCHEMA_MISMATCH,
          "Cannot load %s: the warehouse lacks what the star has, expected:\n  %s\nAdd a migration"
                  .formatted(target.database(), String.join("\n  ", lacks))
              + " and run \"loadstar db migrate\"; where a source gave a column another type,"
              + " declare it under \"columns\" in sources.yaml and take it again (ingest"
              + " --again).");
    }
  }

  /**
   * Whether no value of {@code type} is changed by such a column. Digits after the point count
   * here, for servers round them without a word; a value with too many before it is refused, so
   * those, like the width of integers, are {@link WidthCheck}'s, by value.
   */
  private boolean holds(SourceColumn column, ColumnType type) {
    ColumnType there = column.type();
    if (type instanceof Decimal wanted) {
      return there instanceof Decimal found
          ? found.scale() >= wanted.scale()
          : column.declared().equals("numeric"); // without bounds
    }
    return switch ((Simple) type) {
      case INT, BIGINT ->
          there == type || there == Simple.BIGINT || there instanceof Decimal || isNumeric(column);
      case FLOAT -> there == Simple.FLOAT || there == Simple.DOUBLE;
      case TIMESTAMP -> there == dialect.instantType();
      default -> there == type;
    };
  }

  private static boolean isNumeric(SourceColumn column) {
    return column.declared().equals("numeric");
  }
}
