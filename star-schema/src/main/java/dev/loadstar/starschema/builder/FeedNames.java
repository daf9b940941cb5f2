package dev.loadstar.starschema.builder;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.load.RecordFormat;
import dev.loadstar.starschema.expression.Analysis;
import dev.loadstar.starschema.expression.BoundExpression;
import dev.loadstar.starschema.expression.EntityColumns;
import dev.loadstar.starschema.expression.Expressions;
import dev.loadstar.starschema.expression.KnownColumn;
import dev.loadstar.starschema.expression.RefusedExpression;
import dev.loadstar.starschema.expression.Scope;
import dev.loadstar.starschema.model.Definition;
import dev.loadstar.starschema.model.FactFeedModel;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whose column each name of a feed is. That is found once, when the feed's definition is new and
 * its entities are known, and kept with the fact: a column that a source adds later means nothing
 * to a definition that was written without it.
 *
 * @param owners {@link #LINES} or {@link #HEADER} by column
 */
record FeedNames(FactModel fact, FactFeedModel feed, Map<String, String> owners) {
  static final String LINES = "lines";
  static final String HEADER = "header";

  /** What a kept state has besides the entity's columns. */
  private static final Set<String> OWN =
      Set.of("_k", "_changed", "_as_of", "_load", "_origin", "_row");

  /**
   * As kept; else bound now, if all that the feed is made of is known.
   *
   * @param before what the table is made by
   * @param lines their state, if they ever came
   * @param header the same of the header
   */
  static Optional<FeedNames> of(
      FactModel fact,
      FactFeedModel feed,
      Definition before,
      Lake lake,
      Optional<Table> lines,
      Optional<Table> header) {
    Optional<FeedNames> kept = kept(fact, feed, before);
    if (lines.isEmpty() || (feed.header().isPresent() && header.isEmpty())) {
      return kept;
    }
    if (kept.isEmpty()
        && (isUntold(lake, feed.lines(), lines.get())
            || header.filter(h -> isUntold(lake, feed.header().get().entity(), h)).isPresent())) {
      return kept;
    }
    FeedNames found = kept.orElseGet(() -> bound(fact, feed, lake, lines.get(), header));
    found.require(lake, lines.get(), header);
    return Optional.of(found);
  }

  /** As they were bound with the table, if they were. */
  private static Optional<FeedNames> kept(FactModel fact, FactFeedModel feed, Definition of) {
    return Optional.of(of.bindings(feed.lines()))
        .filter(owners -> !owners.isEmpty())
        .map(owners -> new FeedNames(fact, feed, owners));
  }

  /**
   * @param header its state; empty where the feed has none
   */
  private static FeedNames bound(
      FactModel fact, FactFeedModel feed, Lake lake, Table lines, Optional<Table> header) {
    Scope scope = scope(lake, feed.lines(), lines);
    if (header.isPresent()) {
      scope = scope.and(scope(lake, feed.header().orElseThrow().entity(), header.get()));
    }
    FeedNames none = new FeedNames(fact, feed, Map.of());
    Map<String, String> owners = new TreeMap<>();
    for (String name : none.plainNames()) {
      KnownColumn column = scope.find(name).orElse(null);
      if (column == null) {
        throw none.invalid(
            "nothing says what %s is, expected a column of that name%s. Add it to `columns` or `set` of the feed in star-schema.yaml, or classify it in masking/classification.yaml."
                .formatted(name, feed.header().map(h -> " in it or in " + h.entity()).orElse("")));
      }
      owners.put(column.name(), none.side(column));
    }
    for (String sql : none.expressions()) {
      Analysis analysis = Expressions.analyze(sql, scope);
      if (analysis instanceof RefusedExpression refused) {
        throw none.invalid(
            "`%s` %s. Look at the feed in star-schema.yaml.".formatted(sql, refused.problem()));
      }
      ((BoundExpression) analysis).columns().forEach(c -> owners.put(c.name(), none.side(c)));
    }
    feed.header().ifPresent(h -> owners.put(h.by(), LINES));
    return new FeedNames(fact, feed, owners);
  }

  /** Whether nothing ever came of an entity, so that its columns may be others than declared. */
  private static boolean isUntold(Lake lake, EntityName entity, Table state) {
    return state.rows() == 0
        && lake.processed().latest(entity).filter(load -> load.balance().read() > 0).isEmpty();
  }

  private static Scope scope(Lake lake, EntityName entity, Table state) {
    Map<String, ColumnType> known = known(lake, entity, state);
    Map<String, ColumnType> former = new LinkedHashMap<>();
    for (TableColumn column : state.shape().columns()) {
      if (!known.containsKey(column.name()) && !OWN.contains(column.name())) {
        former.put(column.name(), column.type());
      }
    }
    return Scope.of(entity.toString(), new EntityColumns(known, former, Set.of()));
  }

  /** Columns of one side. */
  List<String> of(String side) {
    return owners.entrySet().stream()
        .filter(column -> column.getValue().equals(side))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * @throws LoadException {@code CONFIGURATION_INVALID} when an entity has not the columns any more
   */
  private void require(Lake lake, Table lines, Optional<Table> header) {
    require(lake, feed.lines(), lines, LINES);
    header.ifPresent(table -> require(lake, feed.header().orElseThrow().entity(), table, HEADER));
  }

  private void require(Lake lake, EntityName entity, Table state, String side) {
    List<String> wanted = of(side);
    boolean there =
        lake.processed()
            .latest(entity)
            .filter(l -> l.columns().stream().map(Column::name).toList().containsAll(wanted))
            .isPresent();
    if (there && state.shape().names().containsAll(wanted)) {
      return;
    }
    Map<String, ColumnType> known = known(lake, entity, state);
    List<String> gone = wanted.stream().filter(column -> !known.containsKey(column)).toList();
    for (String column : gone) {
      if (!state.shape().names().contains(column) || isNeeded(column, gone)) {
        throw invalid(
            "%s has no column %s any more, expected it since the definition was read. Correct the feed in star-schema.yaml, or classify the column in masking/classification.yaml."
                .formatted(entity, column));
      }
    }
  }

  /** Whether something cannot do without a column when some are gone. */
  private boolean isNeeded(String column, List<String> gone) {
    List<String> left = owners.keySet().stream().filter(name -> !gone.contains(name)).toList();
    return plainNames().contains(column)
        || feed.header().filter(h -> h.by().equals(column)).isPresent()
        || expressions().stream()
            .filter(sql -> Expressions.names(sql).stream().anyMatch(column::equalsIgnoreCase))
            .anyMatch(sql -> !Expressions.isKnown(sql, left));
  }

  /** Columns that the newest load has; records of JSON may leave out some, a day may bring none. */
  private static Map<String, ColumnType> known(Lake lake, EntityName entity, Table state) {
    Map<String, ColumnType> known = new LinkedHashMap<>();
    Optional<ProcessedLoad> newest = lake.processed().latest(entity);
    newest.ifPresent(load -> load.columns().forEach(c -> known.put(c.name(), c.type())));
    boolean tells = newest.filter(load -> load.balance().read() > 0).isPresent();
    if (!tells || isJson(lake, newest.get())) {
      for (TableColumn column : state.shape().columns()) {
        known.putIfAbsent(column.name(), column.type());
      }
    }
    OWN.forEach(known::remove);
    return known;
  }

  private static boolean isJson(Lake lake, ProcessedLoad load) {
    return lake.raw().after(load.entity(), load.number() - 1).stream()
        .findFirst()
        .filter(raw -> raw.format() == RecordFormat.JSON)
        .isPresent();
  }

  private String side(KnownColumn column) {
    return column.owner().equals(feed.lines().toString()) ? LINES : HEADER;
  }

  /** Names that stand for a column of the same name. */
  private List<String> plainNames() {
    List<String> names = new ArrayList<>(FactTable.targets(fact).keySet());
    fact.dimensions()
        .forEach(
            (role, use) -> {
              if (!feed.set().containsKey(role) && !feed.set().containsKey(use.dimension())) {
                names.add(use.column());
              }
            });
    names.removeIf(n -> feed.set().containsKey(n) || feed.columns().containsKey(n));
    return names;
  }

  private List<String> expressions() {
    List<String> expressions = new ArrayList<>(feed.columns().values());
    feed.cancelledWhen().ifPresent(expressions::add);
    return expressions;
  }

  private LoadException invalid(String what) {
    return new LoadException(
        ErrorCode.CONFIGURATION_INVALID,
        "Cannot build %s from %s: %s".formatted(fact.table(), feed.lines(), what));
  }
}
