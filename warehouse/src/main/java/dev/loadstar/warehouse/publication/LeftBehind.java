package dev.loadstar.warehouse.publication;

import dev.loadstar.jdbc.SourceColumn;
import dev.loadstar.jdbc.TableInfo;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.warehouse.WarehouseTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the warehouse shows and the next commit does not have: tables and columns stay until a
 * migration drops them, but what nobody loads any more is not left to be read as if it were true.
 */
final class LeftBehind {
  private final WarehouseTarget target;

  LeftBehind(WarehouseTarget target) {
    this.target = target;
  }

  /**
   * The statements that empty it. Rows of facts go, since they would keep rows of dimensions from
   * going by foreign keys; columns become null where they may be.
   *
   * @param from what the warehouse shows, as far as that is known
   */
  List<String> statements(Connection connection, Optional<Commit> from, Commit commit)
      throws SQLException {
    List<String> statements = new ArrayList<>();
    for (TableShape shape : from.map(Commit::published).orElse(List.of())) {
      String name = target.schemas().get("dw") + "." + shape.name();
      boolean stays = commit.tables().containsKey(shape.name());
      List<String> gone = stays ? gone(shape, commit.table(shape.name()).shape()) : List.of();
      if (stays ? gone.isEmpty() : shape.kind() != TableShape.Kind.FACT) {
        continue;
      }
      Optional<TableInfo> table = target.database().engine().table(connection, name);
      if (table.isPresent() && !stays) {
        statements.add("DELETE FROM " + target.dw(shape.name()));
      }
      for (String column : gone) {
        if (table.flatMap(t -> t.column(column)).filter(SourceColumn::nullable).isPresent()) {
          statements.add(
              "UPDATE %1$s SET %2$s = NULL WHERE %2$s IS NOT NULL"
                  .formatted(target.dw(shape.name()), target.database().engine().quote(column)));
        }
      }
    }
    return statements;
  }

  private static List<String> gone(TableShape before, TableShape now) {
    List<String> names = now.publishedColumns().stream().map(TableColumn::name).toList();
    return before.publishedColumns().stream()
        .map(TableColumn::name)
        .filter(name -> !names.contains(name))
        .toList();
  }
}
