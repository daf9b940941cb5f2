package dev.loadstar.jdbc;

import dev.loadstar.core.type.ColumnType.Simple;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a text that refers to a key as the key itself is spelled. Where {@code abc} and {@code ABC}
 * are equal, a row may name its customer by either; outside the database they are two, so the
 * database is asked, in the same query and by its own equality. References are followed to the
 * table that refers no further. Not thread safe; used once.
 */
public final class KeySpelling {
  private final Engine engine;
  private final Connection connection;
  private final DeclaredReferences declared;
  private final Map<String, List<TableReference>> references = new HashMap<>();
  private final Map<String, Optional<TableInfo>> tables = new HashMap<>();
  private final Set<String> findings = new LinkedHashSet<>();

  /** References of a table that its catalogue does not know. */
  @FunctionalInterface
  public interface DeclaredReferences {
    DeclaredReferences NONE = table -> List.of();

    List<TableReference> of(TableInfo table) throws SQLException;
  }

  /**
   * @param declared asked once per table that is reached; they come before the catalogue's own
   */
  public KeySpelling(Engine engine, Connection connection, DeclaredReferences declared) {
    this.engine = engine;
    this.connection = connection;
    this.declared = declared;
  }

  /** A reference to follow: from a column to the column {@code name} of the table {@code to}. */
  private record ReferenceStep(TableReference reference, TableInfo to, String name) {
    String place() {
      return to.from() + "." + name;
    }
  }

  /** The table with expressions that spell its references as their keys are spelled. */
  public TableInfo of(TableInfo table) throws SQLException {
    List<SourceColumn> columns = new ArrayList<>();
    for (SourceColumn column : table.columns()) {
      List<ReferenceStep> path = column.type() == Simple.TEXT ? path(table, column) : List.of();
      columns.add(
          path.isEmpty()
              ? column
              : column.selectedAs(
                  spelled(path, 0, column.name()) + " AS " + engine.quote(column.name())));
    }
    return new TableInfo(table.from(), columns, table.primaryKey(), table.foreignKeys());
  }

  /** References that are read as they stand, and why; no values of rows. */
  public List<String> findings() {
    return List.copyOf(findings);
  }

  private List<ReferenceStep> path(TableInfo table, SourceColumn column) throws SQLException {
    List<ReferenceStep> path = new ArrayList<>();
    List<String> places = new ArrayList<>(List.of(table.from() + "." + column.name()));
    TableInfo at = table;
    String name = column.name();
    while (true) {
      Optional<ReferenceStep> step = step(at, name);
      if (step.isEmpty()) {
        return path;
      }
      int circle = places.indexOf(step.get().place());
      if (circle >= 0) { // all on it must agree: on the one whose name comes first
        List<String> round = places.subList(circle, places.size());
        String first = round.stream().min(String::compareTo).orElseThrow();
        return path.subList(0, places.indexOf(first));
      }
      path.add(step.get());
      places.add(step.get().place());
      at = step.get().to();
      name = step.get().name();
    }
  }

  private Optional<ReferenceStep> step(TableInfo from, String name) throws SQLException {
    for (TableReference reference : references(from)) {
      int at = reference.columns().indexOf(name);
      if (at < 0) {
        continue;
      }
      Optional<TableInfo> to = table(reference.table());
      boolean readable =
          to.isPresent()
              && reference.key().stream()
                  .allMatch(key -> to.get().column(key).filter(SourceColumn::readable).isPresent());
      boolean exact =
          isExact(from, name) && (!readable || isExact(to.get(), reference.key().get(at)));
      if (exact) {
        continue;
      }
      if (readable && alike(from, to.get(), reference)) {
        return Optional.of(new ReferenceStep(reference, to.get(), reference.key().get(at)));
      }
      findings.add(
          "%s.%s is read as it is spelled there, so a spelling other than that of %s makes another member: %s"
              .formatted(
                  from.from(),
                  name,
                  reference.table(),
                  readable ? "the two compare texts differently" : "grant SELECT on that table"));
    }
    return Optional.empty();
  }

  private static boolean isExact(TableInfo table, String column) {
    return table.column(column).flatMap(SourceColumn::equality).isEmpty();
  }

  /** Whether both sides compare texts by one rule; the database would refuse to mix two. */
  private static boolean alike(TableInfo from, TableInfo to, TableReference reference) {
    for (int i = 0; i < reference.key().size(); i++) {
      Optional<LooseEquality> own =
          from.column(reference.columns().get(i)).flatMap(SourceColumn::equality);
      Optional<LooseEquality> key =
          to.column(reference.key().get(i)).flatMap(SourceColumn::equality);
      if (!own.equals(key)) {
        return false;
      }
    }
    return true;
  }

  private String spelled(List<ReferenceStep> path, int depth, String name) {
    String own = "t" + depth + "." + engine.quote(name);
    if (depth == path.size()) {
      return own;
    }
    ReferenceStep step = path.get(depth);
    List<String> same = new ArrayList<>();
    for (int i = 0; i < step.reference().key().size(); i++) {
      SourceColumn key = step.to().column(step.reference().key().get(i)).orElseThrow();
      String left = "t" + (depth + 1) + "." + engine.quote(key.name());
      String right = "t" + depth + "." + engine.quote(step.reference().columns().get(i));
      same.add(key.equality().map(e -> e.sql(left, right)).orElse(left + " = " + right));
    }
    // LIMIT: InnoDB lets foreign keys refer to columns that are not unique.
    return "COALESCE((SELECT %s FROM %s AS t%d WHERE %s LIMIT 1), %s)"
        .formatted(
            spelled(path, depth + 1, step.name()),
            step.to().from(),
            depth + 1,
            String.join(" AND ", same),
            own);
  }

  private List<TableReference> references(TableInfo from) throws SQLException {
    List<TableReference> known = references.get(from.from());
    if (known == null) {
      known = new ArrayList<>(declared.of(from));
      known.addAll(from.foreignKeys());
      references.put(from.from(), known);
    }
    return known;
  }

  private Optional<TableInfo> table(String name) throws SQLException {
    Optional<TableInfo> known = tables.get(name);
    if (known == null) {
      known = engine.table(connection, name);
      tables.put(name, known);
    }
    return known;
  }
}
