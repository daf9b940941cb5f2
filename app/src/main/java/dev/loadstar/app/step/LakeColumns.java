package dev.loadstar.app.step;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.name.SnakeCase;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.lake.load.RecordFormat;
import dev.loadstar.starschema.expression.EntityColumns;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.stored.LakeTables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the loads of a lake say about the columns of entities. */
record LakeColumns(Lake lake) {
  /** How far back a look goes at first; a feed may bring no file for many days. */
  private static final int FIRST_LOOK = 8;

  /**
   * The columns of the newest load that tells any: a day without a file says nothing about them.
   *
   * @return empty when there is no such load
   */
  Optional<EntityColumns> of(EntityName entity) {
    long newest = lake.processed().latest(entity).map(ProcessedLoad::number).orElse(0L);
    for (long look = FIRST_LOOK, from = newest; from > 0; look *= FIRST_LOOK) {
      from = Math.max(0, newest - look);
      List<ProcessedLoad> loads = lake.processed().after(entity, from);
      for (int i = loads.size() - 1; i >= 0; i--) {
        Optional<RawLoad> raw = raw(loads.get(i));
        if (tells(loads.get(i), raw)) {
          boolean json = raw.filter(r -> r.format() == RecordFormat.JSON).isPresent();
          return Optional.of(columns(entity, loads.subList(0, i + 1), json));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The clear columns of the newest raw load that tells any.
   *
   * @param declared types by the column's name in snake_case
   * @return empty when there is none, and for records that may leave out a field
   */
  Optional<Map<String, ColumnType>> clear(EntityName entity, Map<String, ColumnType> declared) {
    long newest = lake.raw().latest(entity).map(RawLoad::number).orElse(0L);
    List<RawLoad> loads = lake.raw().after(entity, Math.max(0, newest - FIRST_LOOK));
    for (int i = loads.size() - 1; i >= 0; i--) {
      RawLoad load = loads.get(i);
      if (!load.columns().isEmpty()) {
        return load.format() == RecordFormat.JSON
            ? Optional.empty()
            : Optional.of(standardized(load, declared));
      }
    }
    return Optional.empty();
  }

  private static Map<String, ColumnType> standardized(
      RawLoad load, Map<String, ColumnType> declared) {
    Map<String, ColumnType> columns = new LinkedHashMap<>();
    for (Column column : load.columns()) {
      ColumnType type = load.format() == RecordFormat.TYPED ? column.type() : Simple.TEXT;
      boolean local = type == Simple.LOCAL_TIMESTAMP; // which gets its zone in transform
      columns.put(SnakeCase.of(column.name()), local ? Simple.TIMESTAMP : type);
    }
    columns.putAll(declared);
    return columns;
  }

  private Optional<RawLoad> raw(ProcessedLoad load) {
    return lake.raw().after(load.entity(), load.number() - 1).stream().findFirst();
  }

  private static boolean tells(ProcessedLoad load, Optional<RawLoad> raw) {
    return load.balance().read() > 0 || raw.filter(r -> !r.columns().isEmpty()).isPresent();
  }

  /**
   * @param loads the last one counts
   * @param json whether a record may leave out a field, so that others' fields are known, too
   */
  private EntityColumns columns(EntityName entity, List<ProcessedLoad> loads, boolean json) {
    ProcessedLoad newest = loads.get(loads.size() - 1);
    Map<String, ColumnType> columns = new LinkedHashMap<>();
    newest.columns().forEach(c -> columns.put(c.name(), c.type()));
    if (json) {
      for (int i = loads.size() - 1; i >= 0; i--) {
        for (Column column : loads.get(i).columns()) {
          columns.putIfAbsent(column.name(), column.type());
        }
      }
      kept(entity).forEach(c -> columns.putIfAbsent(c.name(), c.type()));
    }
    Set<String> withheld = new TreeSet<>(newest.withheld());
    withheld.removeAll(columns.keySet());
    return new EntityColumns(columns, withheld);
  }

  /** The same with what only older loads have, for which all of them are looked at. */
  EntityColumns withFormer(EntityName entity, EntityColumns columns) {
    Map<String, ColumnType> former = new LinkedHashMap<>();
    List<ProcessedLoad> loads = lake.processed().after(entity, 0);
    for (int i = loads.size() - 1; i >= 0; i--) {
      for (Column column : loads.get(i).columns()) {
        if (!columns.columns().containsKey(column.name())
            && !columns.withheld().contains(column.name())) {
          former.putIfAbsent(column.name(), column.type());
        }
      }
    }
    return new EntityColumns(columns.columns(), former, columns.withheld());
  }

  /** Columns of the entity's kept state, which has every field that ever came. */
  private List<TableColumn> kept(EntityName entity) {
    String state = "state_" + entity.source() + "__" + entity.entity();
    return LakeTables.of(lake)
        .head()
        .flatMap(head -> Optional.ofNullable(head.tables().get(state)))
        .map(table -> table.shape().columns())
        .orElse(List.of())
        .stream()
        .filter(column -> !column.name().startsWith("_"))
        .toList();
  }
}
