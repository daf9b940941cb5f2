package dev.loadstar.warehouse.audit;

import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.core.quality.QualityResult.Severity;
import dev.loadstar.jdbc.TableInfo;
import dev.loadstar.jdbc.TableReference;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.warehouse.WarehouseDialect;
import dev.loadstar.warehouse.WarehouseTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Whether the tables still have the keys that a star is made with: primary key, UNIQUE natural key
 * and grain, foreign keys, and an index for each of these. What else a DBA adds is not ours to
 * judge. Reads the catalogue only.
 */
final class KeyAudit {
  private final WarehouseTarget target;
  private final WarehouseDialect dialect;
  private final Connection connection;
  private final List<QualityResult> verdicts = new ArrayList<>();

  KeyAudit(WarehouseTarget target, WarehouseDialect dialect, Connection connection) {
    this.target = target;
    this.dialect = dialect;
    this.connection = connection;
  }

  /** One verdict per key; an index that is missing only slows readers down. */
  List<QualityResult> of(Commit commit) throws SQLException {
    String schema = target.schemas().get("dw");
    for (TableShape shape : commit.published()) {
      String name = schema + "." + shape.name();
      Optional<TableInfo> table = target.database().engine().table(connection, name);
      if (table.isPresent()) {
        add(shape, "has its primary key", table.get().primaryKey().equals(shape.key()));
        unique(shape, schema);
        references(shape, commit, schema, table.get());
      }
    }
    return verdicts;
  }

  private void unique(TableShape shape, String schema) throws SQLException {
    List<String> columns =
        shape.publishedColumns().stream()
            .filter(
                c ->
                    c.role() == ColumnRole.GRAIN
                        || c.role() == ColumnRole.NATURAL_KEY
                        || c.role() == ColumnRole.VALID_FROM)
            .map(TableColumn::name)
            .toList();
    if (shape.of(ColumnRole.GRAIN).findAny().isEmpty()
        && shape.of(ColumnRole.NATURAL_KEY).findAny().isEmpty()) {
      return;
    }
    boolean held =
        dialect.indexes(connection, schema, shape.name(), true).stream()
            .filter(index -> !index.equals(shape.key()))
            .anyMatch(index -> new HashSet<>(columns).containsAll(index));
    add(shape, "has UNIQUE (" + String.join(", ", columns) + ")", held);
  }

  private void references(TableShape shape, Commit commit, String schema, TableInfo table)
      throws SQLException {
    List<List<String>> indexes = dialect.indexes(connection, schema, shape.name(), false);
    for (TableColumn column : shape.publishedColumns()) {
      String dimension = column.references().orElse("");
      if (column.role() != ColumnRole.FOREIGN_KEY || !commit.tables().containsKey(dimension)) {
        continue;
      }
      TableReference wanted =
          new TableReference(
              List.of(column.name()),
              schema + "." + dimension,
              commit.table(dimension).shape().key());
      add(
          shape,
          "has its foreign key " + column.name() + " to " + dimension,
          table.foreignKeys().contains(wanted));
      boolean indexed = indexes.stream().anyMatch(index -> index.get(0).equals(column.name()));
      add(shape, "has an index on " + column.name(), indexed, Severity.WARN);
    }
  }

  private void add(TableShape shape, String rule, boolean there) {
    add(shape, rule, there, Severity.ERROR);
  }

  private void add(TableShape shape, String rule, boolean there, Severity severity) {
    verdicts.add(
        new QualityResult(
            shape.name(), rule, severity, there, "there", there ? "there" : "missing"));
  }
}
