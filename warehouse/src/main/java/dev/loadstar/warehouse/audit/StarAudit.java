package dev.loadstar.warehouse.audit;

import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.core.quality.QualityResult.Severity;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.warehouse.WarehouseTarget;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Asks the published star whether it keeps its promises. Reads only. */
public final class StarAudit {
  private static final String VALID_TO = "valid_to";
  private static final String IS_CURRENT = "is_current";
  private static final String IS_DELETED = "is_deleted";

  private final WarehouseTarget target;

  public StarAudit(WarehouseTarget target) {
    this.target = target;
  }

  /** One verdict per promise and table. */
  public List<QualityResult> of(Commit commit) {
    List<QualityResult> verdicts = new ArrayList<>();
    try (Connection connection = target.database().connect();
        Statement statement = connection.createStatement()) {
      for (Table table : new TreeMap<>(commit.tables()).values()) {
        TableShape shape = table.shape();
        if (shape.published()) {
          long found = count(statement, "SELECT COUNT(*) FROM " + target.dw(shape.name()));
          verdicts.add(
              new QualityResult(
                  shape.name(),
                  "shows the rows of commit " + commit.number(),
                  Severity.ERROR,
                  found == table.rows(),
                  table.rows() + " rows",
                  found + " rows"));
          versions(statement, shape, verdicts);
          references(statement, shape, commit, verdicts);
        }
      }
    } catch (SQLException e) {
      throw target.database().failure("check", e);
    }
    return verdicts;
  }

  private void versions(Statement statement, TableShape shape, List<QualityResult> verdicts)
      throws SQLException {
    Optional<String> member = only(shape, ColumnRole.DURABLE_KEY);
    Optional<String> from = only(shape, ColumnRole.VALID_FROM);
    if (member.isEmpty() || from.isEmpty() || !has(shape, VALID_TO)) {
      return;
    }
    String table = target.dw(shape.name());
    none(
        verdicts,
        shape,
        "versions of a member follow each other without overlap or gap",
        count(statement, breaks(shape, table, member.get(), from.get())));
    if (has(shape, IS_CURRENT) && has(shape, IS_DELETED)) {
      none(
          verdicts,
          shape,
          "a member has exactly one current version unless it is deleted",
          count(statement, astray(table, member.get(), from.get())));
    }
  }

  /** A member that was deleted and came back was away in between: no overlap, and a legal gap. */
  private String breaks(TableShape shape, String table, String member, String from) {
    String before =
        "LAG(%s) OVER (PARTITION BY " + quote(member) + " ORDER BY " + quote(from) + ") AS %s";
    String columns = quote(from) + " AS starts, " + before.formatted(quote(VALID_TO), "ended");
    String broken = "ended <> starts";
    if (has(shape, IS_DELETED)) {
      columns += ", " + before.formatted(quote(IS_DELETED), "gone");
      broken = "ended > starts OR (ended < starts AND NOT gone)";
    }
    return "SELECT COUNT(*) FROM (SELECT %s FROM %s) v WHERE %s".formatted(columns, table, broken);
  }

  /** Last versions that are neither current nor deleted, and earlier ones that are current. */
  private String astray(String table, String member, String from) {
    return ("SELECT COUNT(*) FROM (SELECT %s AS live, %s AS gone, LEAD(%s) OVER (PARTITION BY %s"
            + " ORDER BY %s) AS later FROM %s) v"
            + " WHERE (later IS NULL AND NOT live AND NOT gone) OR (later IS NOT NULL AND live)")
        .formatted(
            quote(IS_CURRENT), quote(IS_DELETED), quote(from), quote(member), quote(from), table);
  }

  private void references(
      Statement statement, TableShape fact, Commit commit, List<QualityResult> verdicts)
      throws SQLException {
    Optional<String> eventTime = eventTime(fact);
    for (TableColumn column : fact.publishedColumns()) {
      Table dimension = commit.tables().get(column.references().orElse(""));
      if (column.role() != ColumnRole.FOREIGN_KEY || dimension == null) {
        continue;
      }
      TableShape shape = dimension.shape();
      String join =
          "SELECT COUNT(*) FROM %s f LEFT JOIN %s d ON d.%s = f.%s WHERE "
              .formatted(
                  target.dw(fact.name()),
                  target.dw(shape.name()),
                  quote(shape.key().get(0)),
                  quote(column.name()));
      none(
          verdicts,
          fact,
          "every " + column.name() + " names a row of " + shape.name(),
          count(statement, join + "d." + quote(shape.key().get(0)) + " IS NULL"));
      Optional<String> from = only(shape, ColumnRole.VALID_FROM);
      if (eventTime.isPresent() && from.isPresent() && has(shape, VALID_TO)) {
        String time = "f." + quote(eventTime.get());
        none(
            verdicts,
            fact,
            "every row lies in the interval of its " + column.name(),
            count(
                statement,
                join
                    + "f.%s >= 0 AND (%s < d.%s OR %s >= d.%s)"
                        .formatted(
                            quote(column.name()), time, quote(from.get()), time, quote(VALID_TO))));
      }
    }
  }

  /** A fact's one timestamp; with several there is no telling which picks the versions. */
  private static Optional<String> eventTime(TableShape fact) {
    List<String> times =
        fact.publishedColumns().stream()
            .filter(c -> c.role() == ColumnRole.ATTRIBUTE || c.role() == ColumnRole.GRAIN)
            .filter(c -> c.type() == Simple.TIMESTAMP)
            .map(TableColumn::name)
            .toList();
    boolean isFact = fact.kind() == TableShape.Kind.FACT;
    return isFact && times.size() == 1 ? Optional.of(times.get(0)) : Optional.empty();
  }

  private static void none(
      List<QualityResult> verdicts, TableShape shape, String rule, long found) {
    verdicts.add(
        new QualityResult(
            shape.name(), rule, Severity.ERROR, found == 0, "0 exceptions", found + " exceptions"));
  }

  private static long count(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static boolean has(TableShape shape, String column) {
    return shape.publishedColumns().stream().anyMatch(c -> c.name().equals(column));
  }

  private static Optional<String> only(TableShape shape, ColumnRole role) {
    return shape.publishedColumns().stream()
        .filter(c -> c.role() == role)
        .map(TableColumn::name)
        .findFirst();
  }

  private String quote(String name) {
    return target.database().engine().quote(name);
  }
}
