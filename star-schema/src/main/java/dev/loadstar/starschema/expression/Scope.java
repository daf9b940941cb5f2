package dev.loadstar.starschema.expression;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.yaml.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The columns that an expression may name, in order; each name is there once, whatever its case.
 * Immutable, thread safe.
 *
 * @param withheld names of columns that masking withholds, each with its owner
 */
public record Scope(List<KnownColumn> columns, Map<String, String> withheld) {
  public Scope {
    List<KnownColumn> once = new ArrayList<>();
    for (KnownColumn column : columns) {
      if (once.stream().noneMatch(c -> c.name().equalsIgnoreCase(column.name()))) {
        once.add(column);
      }
    }
    columns = List.copyOf(once);
    withheld = Map.copyOf(withheld);
  }

  /**
   * @param owner whose the columns are
   */
  public static Scope of(String owner, Map<String, ColumnType> columns) {
    List<KnownColumn> known = new ArrayList<>();
    columns.forEach((name, type) -> known.add(new KnownColumn(owner, name, type)));
    return new Scope(known, Map.of());
  }

  /**
   * @param owner whose the columns are
   */
  public static Scope of(String owner, EntityColumns columns) {
    Map<String, String> withheld = new HashMap<>();
    columns.withheld().forEach(name -> withheld.put(name, owner));
    return new Scope(of(owner, columns.columns()).columns(), withheld);
  }

  /** Both; a name that both have is this one's. So a line's column hides its header's. */
  public Scope and(Scope further) {
    List<KnownColumn> all = new ArrayList<>(columns);
    all.addAll(further.columns());
    Map<String, String> hidden = new HashMap<>(further.withheld());
    hidden.putAll(withheld);
    return new Scope(all, hidden);
  }

  /** The column of this name; case does not count, as in SQL. */
  public Optional<KnownColumn> find(String name) {
    return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
  }

  /** What is wrong with a name that {@link #find} does not find, and what to do. */
  public String unknown(String name) {
    if (withheld.containsKey(name)) {
      return "column \"%s\" of %s is not classified, so it is withheld; classify it in masking/classification.yaml"
          .formatted(name, withheld.get(name));
    }
    String of = columns.isEmpty() ? "" : " of " + owners();
    List<String> names =
        columns.stream().map(KnownColumn::name).filter(n -> !n.startsWith("_")).toList();
    return "unknown column \"%s\"%s%s".formatted(name, of, Suggestion.among(name, names));
  }

  /** {@code shop.order_lines or shop.orders}. */
  public String owners() {
    return columns.stream().map(KnownColumn::owner).distinct().collect(Collectors.joining(" or "));
  }
}
