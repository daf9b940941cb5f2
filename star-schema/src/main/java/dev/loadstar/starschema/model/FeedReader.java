package dev.loadstar.starschema.model;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.yaml.Suggestion;
import dev.loadstar.core.yaml.YamlMap;
import dev.loadstar.core.yaml.YamlScalar;
import dev.loadstar.starschema.model.FactFeedModel.Header;
import dev.loadstar.starschema.model.FactModel.DimensionUse;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads one entity that a fact comes from. */
final class FeedReader {
  private static final List<String> SPECIAL = List.of("unknown", "not_applicable");

  private final Names names;
  private final FactModel fact;
  private final Map<String, ColumnType> types = new TreeMap<>();
  private final Set<String> columns = new TreeSet<>();

  /**
   * @param fact without its feeds
   */
  FeedReader(Names names, FactModel fact) {
    this.names = names;
    this.fact = fact;
    types.putAll(fact.grain());
    types.putAll(fact.attributes());
    fact.measures().stream()
        .filter(m -> m.expression().isEmpty())
        .forEach(m -> types.put(m.name(), m.type()));
    columns.addAll(types.keySet());
    columns.add(fact.eventTime());
    fact.dimensions().values().forEach(use -> columns.add(use.column()));
  }

  Optional<FactFeedModel> read(YamlMap feeds, String lines) {
    Optional<EntityName> entity = names.entity(lines, m -> feeds.problem(lines, m));
    Optional<YamlMap> found = feeds.map(lines);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = found.get();
    Optional<Header> header = map.map("header").flatMap(m -> header(m, lines));
    Map<String, String> set = new LinkedHashMap<>();
    map.map("set")
        .ifPresent(
            body ->
                body.keys()
                    .forEach(k -> constant(body, k.name()).ifPresent(v -> set.put(k.name(), v))));
    Map<String, String> computed = new LinkedHashMap<>();
    map.map("columns").ifPresent(body -> computed(body, set, computed));
    Optional<String> cancelledWhen = Names.expression(map, "cancelled_when");
    map.refuseOthers();
    return entity.map(e -> new FactFeedModel(e, header, set, computed, cancelledWhen));
  }

  private Optional<Header> header(YamlMap map, String lines) {
    Optional<EntityName> entity =
        map.requireScalar("entity").flatMap(s -> names.entity(s.text(), s::problem));
    Optional<String> by = map.require("by").flatMap(node -> Names.column(map, "by"));
    map.refuseOthers();
    if (entity.isPresent() && entity.get().toString().equals(lines)) {
      map.problem("entity", "the lines cannot be their own header; name the other entity");
    }
    return entity.flatMap(e -> by.map(column -> new Header(e, column)));
  }

  private Optional<String> constant(YamlMap body, String target) {
    Optional<YamlScalar> value = body.scalar(target);
    if (columns.contains(target)) {
      value.ifPresent(v -> checkConstant(v, types.get(target)));
    } else if (fact.dimensions().containsKey(target)) {
      value.filter(v -> !SPECIAL.contains(v.text())).ifPresent(v -> notSpecial(v, target));
    } else {
      unknown(body, target, true);
    }
    return value.map(YamlScalar::text);
  }

  private void notSpecial(YamlScalar value, String role) {
    DimensionUse use = fact.dimensions().get(role);
    value.problem(
        "\"%s\" can be set to unknown or not_applicable, found \"%s\"; for a member set \"%s\""
            .formatted(role, value.text(), use.column()));
  }

  private static void checkConstant(YamlScalar value, ColumnType type) {
    if (type == ColumnType.Simple.INT) {
      value.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (type == ColumnType.Simple.BOOLEAN) {
      value.bool();
    } else if (type == ColumnType.Simple.DATE) {
      value.date();
    } else if (type == ColumnType.Simple.BIGINT && !value.text().matches("-?\\d{1,18}")) {
      value.problem("expected a whole number; correct it");
    } else if (type instanceof ColumnType.Decimal decimal) {
      value
          .decimal()
          .filter(number -> !fits(number, decimal))
          .ifPresent(
              number ->
                  value.problem("does not fit in " + decimal.text() + "; correct one of them"));
    }
  }

  private static boolean fits(BigDecimal number, ColumnType.Decimal type) {
    BigDecimal plain = number.stripTrailingZeros();
    return plain.scale() <= type.scale()
        && plain.precision() - plain.scale() <= type.precision() - type.scale();
  }

  private void computed(YamlMap body, Map<String, String> set, Map<String, String> computed) {
    for (YamlMap.Key key : body.keys()) {
      String target = key.name();
      if (set.containsKey(target)) {
        body.problem(target, "\"" + target + "\" is under \"set\" already; remove one");
      } else if (!columns.contains(target)) {
        DimensionUse use = fact.dimensions().get(target);
        if (use != null) {
          body.problem(
              target,
              "dimension \"%s\" is found by \"%s\"; write that column here"
                  .formatted(target, use.column()));
        } else {
          unknown(body, target, false);
        }
      }
      Names.expression(body, target).ifPresent(e -> computed.put(target, e));
    }
  }

  private void unknown(YamlMap body, String target, boolean rolesToo) {
    boolean isComputed = fact.measures().stream().anyMatch(m -> m.name().equals(target));
    if (isComputed) {
      body.problem(target, "\"" + target + "\" is computed from other measures; remove it here");
      return;
    }
    Set<String> choices = new TreeSet<>(columns);
    if (rolesToo) {
      choices.addAll(fact.dimensions().keySet());
    }
    body.problem(
        target,
        "\"%s\" is no column of the fact \"%s\"%s"
            .formatted(target, fact.name(), Suggestion.among(target, choices)));
  }
}
