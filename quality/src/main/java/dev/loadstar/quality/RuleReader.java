package dev.loadstar.quality;

import dev.loadstar.core.name.SnakeCase;
import dev.loadstar.core.quality.QualityResult.Severity;
import dev.loadstar.core.yaml.Suggestion;
import dev.loadstar.core.yaml.YamlMap;
import dev.loadstar.core.yaml.YamlNode;
import dev.loadstar.core.yaml.YamlScalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the rules of one subject; one line of YAML may be several rules. */
final class RuleReader {
  private static final Pattern COMPARISON =
      Pattern.compile("(>=|<=|!=|>|<|=)\\s*(-?\\d{1,18}(?:\\.\\d{1,9})?)");
  private static final Set<String> SHARED = Set.of("name", "severity", "where", "allow");

  private final String subject;
  private final Set<String> subjects;
  private final Map<String, KindReader> kinds = new LinkedHashMap<>();

  /** Reads what stands behind a rule's own key; names in the map are what a report calls them. */
  private interface KindReader {
    Map<String, QualityRule.Check> read(YamlNode value, YamlMap rule);
  }

  RuleReader(String subject, Set<String> subjects) {
    this.subject = subject;
    this.subjects = subjects;
    kinds.put("not_null", (value, rule) -> notNull(value));
    kinds.put("unique", (value, rule) -> unique(value));
    kinds.put("accepted_values", (value, rule) -> acceptedValues(value));
    kinds.put("row_count", (value, rule) -> rowCount(value));
    kinds.put("expression", (value, rule) -> expression(value));
    if (!isEntity(subject)) { // of an entity only the night's rows are at hand
      kinds.put("relationships", (value, rule) -> relationships(value));
      kinds.put("reconcile", this::reconcile);
      kinds.put("sql", this::sql);
    }
    if (subject.startsWith("fact_")) {
      kinds.put("unknown_members", (value, rule) -> unknownMembers(value));
    }
  }

  static boolean isEntity(String subject) {
    return subject.indexOf('.') >= 0;
  }

  List<QualityRule> read(YamlMap map) {
    List<YamlMap.Key> own =
        map.keys().stream().filter(key -> kinds.containsKey(key.name())).toList();
    if (own.size() != 1) {
      Optional<YamlMap.Key> stranger =
          map.keys().stream().filter(key -> !SHARED.contains(key.name())).findFirst();
      if (own.isEmpty() && stranger.isPresent()) {
        String word = stranger.get().name();
        map.problem(word, "unknown rule \"" + word + "\"" + Suggestion.among(word, kinds.keySet()));
      } else {
        map.problem(
            "expected one rule in each item of the list, found "
                + own.size()
                + "; begin each with its own \"- \"");
      }
      return List.of();
    }
    String kind = own.get(0).name();
    // keys() counts as asking for all of them, so what a rule does not know is refused by hand.
    Set<String> known = new java.util.TreeSet<>(Set.of(kind, "name", "severity"));
    known.addAll(optionsOf(kind));
    map.keys().stream()
        .filter(key -> !known.contains(key.name()))
        .forEach(
            key ->
                map.problem(
                    key.name(),
                    "unknown key \"%s\" of rule \"%s\"%s"
                        .formatted(key.name(), kind, Suggestion.among(key.name(), known))));
    Severity severity =
        map.scalar("severity")
            .flatMap(v -> v.oneOf(Map.of("error", Severity.ERROR, "warn", Severity.WARN)))
            .orElse(Severity.ERROR);
    Optional<YamlScalar> where = map.scalar("where").filter(Sql::sound);
    BigDecimal allow = map.scalar("allow").flatMap(YamlScalar::share).orElse(BigDecimal.ZERO);
    Optional<String> name = map.text("name");
    List<QualityRule> rules = new ArrayList<>();
    map.find(kind)
        .ifPresent(
            value ->
                kinds
                    .get(kind)
                    .read(value, map)
                    .forEach(
                        (label, check) ->
                            rules.add(
                                new QualityRule(
                                    subject,
                                    name.orElse(kind + ": " + label),
                                    severity,
                                    where.map(YamlScalar::text),
                                    allow,
                                    check,
                                    map.location()))));
    return rules;
  }

  private static Set<String> optionsOf(String kind) {
    return switch (kind) {
      case "row_count", "unknown_members" -> Set.of("where");
      case "reconcile" -> Set.of("where", "with", "of", "of_where", "tolerance");
      case "sql" -> Set.of("expect");
      default -> Set.of("where", "allow");
    };
  }

  private static Map<String, QualityRule.Check> notNull(YamlNode value) {
    Map<String, QualityRule.Check> checks = new LinkedHashMap<>();
    columns(value).forEach(column -> checks.put(column, new QualityRule.NotNull(column)));
    return checks;
  }

  private static Map<String, QualityRule.Check> unique(YamlNode value) {
    List<String> columns = columns(value);
    return columns.isEmpty()
        ? Map.of()
        : Map.of(String.join(", ", columns), new QualityRule.Unique(columns));
  }

  private static List<String> columns(YamlNode value) {
    List<String> columns = new ArrayList<>();
    value
        .asList()
        .ifPresent(
            list ->
                list.items()
                    .forEach(
                        item ->
                            item.asScalar()
                                .filter(v -> isColumn(v, v.text()))
                                .ifPresent(v -> columns.add(v.text()))));
    if (columns.isEmpty()) {
      value.problem("expected one or more columns, found " + value.kind());
    }
    return columns;
  }

  private static boolean isColumn(YamlNode at, String name) {
    if (!SnakeCase.isValid(name)) {
      at.problem("\"%s\" is no column name; write it as %s".formatted(name, SnakeCase.of(name)));
      return false;
    }
    return true;
  }

  private static Map<String, QualityRule.Check> acceptedValues(YamlNode value) {
    Map<String, QualityRule.Check> checks = new LinkedHashMap<>();
    value
        .asMap()
        .ifPresent(
            map ->
                map.keys().stream()
                    .filter(key -> isColumn(map, key.name()))
                    .forEach(
                        key -> {
                          List<String> values = map.texts(key.name());
                          if (values.isEmpty()) {
                            map.problem(key.name(), "expected a list of values, found none");
                          } else {
                            checks.put(
                                key.name(), new QualityRule.AcceptedValues(key.name(), values));
                          }
                        }));
    return checks;
  }

  private Map<String, QualityRule.Check> relationships(YamlNode value) {
    Map<String, QualityRule.Check> checks = new LinkedHashMap<>();
    value
        .asMap()
        .ifPresent(
            map ->
                map.keys().stream()
                    .filter(key -> isColumn(map, key.name()))
                    .forEach(
                        key ->
                            map.scalar(key.name())
                                .ifPresent(
                                    target -> {
                                      int dot = target.text().lastIndexOf('.');
                                      String table = target.text().substring(0, Math.max(dot, 0));
                                      String column = target.text().substring(dot + 1);
                                      if (isKnown(target, table) && isColumn(target, column)) {
                                        checks.put(
                                            key.name() + " in " + target.text(),
                                            new QualityRule.Relationship(
                                                key.name(), table, column));
                                      }
                                    })));
    return checks;
  }

  private boolean isKnown(YamlNode at, String table) {
    if (subjects.contains(table) && !isEntity(table)) {
      return true;
    }
    List<String> choices = subjects.stream().filter(name -> !isEntity(name)).toList();
    at.problem("unknown table \"" + table + "\"" + Suggestion.among(table, choices));
    return false;
  }

  /** A sum may also be reconciled with one over an entity. */
  private boolean isAnyKnown(YamlScalar of) {
    if (!subjects.contains(of.text())) {
      of.problem("unknown table \"" + of.text() + "\"" + Suggestion.among(of.text(), subjects));
      return false;
    }
    return true;
  }

  private static Map<String, QualityRule.Check> rowCount(YamlNode value) {
    return value
        .asScalar()
        .flatMap(
            scalar -> {
              Matcher matcher = COMPARISON.matcher(scalar.text().strip());
              if (!matcher.matches()) {
                scalar.problem("expected a comparison such as \">= 100\", found " + scalar.kind());
                return Optional.empty();
              }
              QualityRule.Comparison comparison =
                  new QualityRule.Comparison(matcher.group(1), new BigDecimal(matcher.group(2)));
              return Optional.of(
                  Map.<String, QualityRule.Check>of(
                      scalar.text().strip(), new QualityRule.RowCount(comparison)));
            })
        .orElse(Map.of());
  }

  private static Map<String, QualityRule.Check> expression(YamlNode value) {
    return value
        .asScalar()
        .filter(Sql::sound)
        .map(v -> Map.<String, QualityRule.Check>of(v.text(), new QualityRule.Expression(v.text())))
        .orElse(Map.of());
  }

  private static Map<String, QualityRule.Check> unknownMembers(YamlNode value) {
    Map<String, QualityRule.Check> checks = new LinkedHashMap<>();
    value
        .asMap()
        .ifPresent(
            map ->
                map.keys().stream()
                    .filter(key -> isColumn(map, key.name()))
                    .forEach(
                        key ->
                            map.scalar(key.name())
                                .flatMap(YamlScalar::share)
                                .ifPresent(
                                    share ->
                                        checks.put(
                                            key.name(),
                                            new QualityRule.UnknownMembers(key.name(), share)))));
    return checks;
  }

  private Map<String, QualityRule.Check> reconcile(YamlNode value, YamlMap rule) {
    Optional<YamlScalar> measure = value.asScalar().filter(Sql::sound);
    Optional<YamlScalar> with = rule.requireScalar("with").filter(Sql::sound);
    Optional<YamlScalar> of = rule.requireScalar("of").filter(this::isAnyKnown);
    Optional<YamlScalar> ofWhere = rule.scalar("of_where").filter(Sql::sound);
    BigDecimal tolerance =
        rule.scalar("tolerance").flatMap(YamlScalar::decimal).orElse(BigDecimal.ZERO);
    if (tolerance.signum() < 0) {
      rule.problem("tolerance", "expected 0 or more, found a negative number");
    }
    if (measure.isEmpty() || with.isEmpty() || of.isEmpty()) {
      return Map.of();
    }
    return Map.of(
        "%s with %s of %s".formatted(measure.get().text(), with.get().text(), of.get().text()),
        new QualityRule.Reconcile(
            measure.get().text(),
            with.get().text(),
            of.get().text(),
            ofWhere.map(YamlScalar::text),
            tolerance));
  }

  private Map<String, QualityRule.Check> sql(YamlNode value, YamlMap rule) {
    boolean expects =
        rule.requireScalar("expect").flatMap(v -> v.oneOf(Map.of("no rows", true))).isPresent();
    return value
        .asScalar()
        .filter(Sql::soundQuery)
        .filter(v -> expects)
        .map(v -> Map.<String, QualityRule.Check>of(v.text(), new QualityRule.NoRows(v.text())))
        .orElse(Map.of());
  }
}
