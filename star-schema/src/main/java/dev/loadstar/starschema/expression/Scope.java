package dev.loadstar.starschema.expression;

import dev.loadstar.core.type.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The columns that an expression may name, in order; each name is there once, whatever its case.
 * Immutable, thread safe.
 */
public record Scope(List<KnownColumn> columns) {
  public Scope {
    List<KnownColumn> once = new ArrayList<>();
    for (KnownColumn column : columns) {
      if (once.stream().noneMatch(c -> c.name().equalsIgnoreCase(column.name()))) {
        once.add(column);
      }
    }
    columns = List.copyOf(once);
  }

  /**
   * @param owner whose the columns are
   */
  public static Scope of(String owner, Map<String, ColumnType> columns) {
    return new Scope(
        columns.entrySet().stream()
            .map(c -> new KnownColumn(owner, c.getKey(), c.getValue()))
            .toList());
  }

  /** Both; a name that both have is this one's. So a line's column hides its header's. */
  public Scope and(Scope further) {
    List<KnownColumn> all = new ArrayList<>(columns);
    all.addAll(further.columns());
    return new Scope(all);
  }

  /** The column of this name; case does not count, as in SQL. */
  public Optional<KnownColumn> find(String name) {
    return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
  }

  public List<String> names() {
    return columns.stream().map(KnownColumn::name).toList();
  }

  /** {@code shop.order_lines or shop.orders}. */
  String owners() {
    return columns.stream().map(KnownColumn::owner).distinct().collect(Collectors.joining(" or "));
  }
}
