package dev.loadstar.starschema.expression;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.yaml.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns that an expression may name, in order; each name is there once, whatever its case.
 * Immutable, thread safe.
 *
 * @param former columns that only older rows have; {@code coalesce} may name them beside one that
 *     is there
 * @param withheld names of columns that masking withholds, each with its owner
 */
public record Scope(
    List<KnownColumn> columns, List<KnownColumn> former, Map<String, String> withheld) {
  public Scope {
    columns = once(columns, List.of());
    former = once(former, columns);
    withheld = Map.copyOf(withheld);
  }

  private static List<KnownColumn> once(List<KnownColumn> columns, List<KnownColumn> others) {
    List<KnownColumn> once = new ArrayList<>();
    for (KnownColumn column : columns) {
      if (Stream.concat(once.stream(), others.stream())
          .noneMatch(c -> c.name().equalsIgnoreCase(column.name()))) {
        once.add(column);
      }
    }
    return List.copyOf(once);
  }

  /**
   * @param owner whose the columns are
   */
  public static Scope of(String owner, Map<String, ColumnType> columns) {
    List<KnownColumn> known = new ArrayList<>();
    columns.forEach((name, type) -> known.add(new KnownColumn(owner, name, type)));
    return new Scope(known, List.of(), Map.of());
  }

  /**
   * @param owner whose the columns are
   */
  public static Scope of(String owner, EntityColumns columns) {
    Map<String, String> withheld = new HashMap<>();
    columns.withheld().forEach(name -> withheld.put(name, owner));
    return new Scope(
        of(owner, columns.columns()).columns(), of(owner, columns.former()).columns(), withheld);
  }

  /** Both; a name that both have is this one's. So a line's column hides its header's. */
  public Scope and(Scope further) {
    List<KnownColumn> all = new ArrayList<>(columns);
    all.addAll(further.columns());
    List<KnownColumn> gone = new ArrayList<>(former);
    gone.addAll(further.former());
    Map<String, String> hidden = new HashMap<>(further.withheld());
    hidden.putAll(withheld);
    return new Scope(all, gone, hidden);
  }

  /** The column of this name; case does not count, as in SQL. */
  public Optional<KnownColumn> find(String name) {
    return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
  }

  /** All that an expression may name somewhere. */
  List<KnownColumn> everything() {
    return Stream.concat(columns.stream(), former.stream()).toList();
  }

  boolean wasThere(String name) {
    return former.stream().anyMatch(c -> c.name().equalsIgnoreCase(name));
  }

  /** What is wrong with a name that {@link #find} does not find, and what to do. */
  public String unknown(String name) {
    if (withheld.containsKey(name)) {
      return "column \"%s\" of %s is not classified, so it is withheld; classify it in masking/classification.yaml"
          .formatted(name, withheld.get(name));
    }
    String of = columns.isEmpty() ? "" : " of " + owners();
    if (wasThere(name)) {
      return "column \"%s\"%s is gone, only older loads have it; where it has another name now, write coalesce(that name, %s)"
          .formatted(name, of, name);
    }
    List<String> names =
        columns.stream().map(KnownColumn::name).filter(n -> !n.startsWith("_")).toList();
    return "unknown column \"%s\"%s%s".formatted(name, of, Suggestion.among(name, names));
  }

  /** {@code shop.order_lines or shop.orders}. */
  public String owners() {
    return columns.stream().map(KnownColumn::owner).distinct().collect(Collectors.joining(" or "));
  }
}
