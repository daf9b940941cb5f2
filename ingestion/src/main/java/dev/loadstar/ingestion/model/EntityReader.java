package dev.loadstar.ingestion.model;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.yaml.Suggestion;
import dev.loadstar.core.yaml.YamlMap;
import dev.loadstar.core.yaml.YamlNode;
import dev.loadstar.core.yaml.YamlScalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one entity of a source. Not thread safe. */
final class EntityReader {
  private final EntityName name;
  private final YamlMap.Key where;
  private final YamlMap map;
  private final boolean required;
  private final List<String> key;
  private final Map<String, ColumnType> columns = new LinkedHashMap<>();

  private EntityReader(EntityName name, YamlMap.Key where, YamlMap map, boolean sourceRequired) {
    this.name = name;
    this.where = where;
    this.map = map;
    this.required = map.scalar("required").flatMap(YamlScalar::bool).orElse(sourceRequired);
    this.key = map.texts("key");
    if (key.stream().distinct().count() < key.size()) {
      map.problem("key", "a key column is named twice; name each once");
    }
    map.map("columns").ifPresent(this::columns);
  }

  private void columns(YamlMap types) {
    for (YamlMap.Key column : types.keys()) {
      Optional<YamlScalar> type = types.scalar(column.name());
      if (type.isPresent() && type.get().text().matches("decimal\\(\\d*")) {
        // YAML itself cut it at the comma; what follows is reported as a name without a type.
        type.get().problem("inside { } a type with a comma needs quotes: \"decimal(18,2)\"");
        return;
      }
      type.flatMap(YamlScalar::columnType).ifPresent(t -> columns.put(column.name(), t));
    }
  }

  static EntityReader of(String source, YamlMap.Key key, YamlMap map, boolean sourceRequired) {
    return new EntityReader(new EntityName(source, key.name()), key, map, sourceRequired);
  }

  /**
   * @param tables names of all entities of the source
   */
  Optional<TableModel> table(Collection<String> tables) {
    Optional<String> cursor = map.text("cursor");
    Optional<Duration> overlap = map.scalar("overlap").flatMap(YamlScalar::duration);
    if (overlap.isPresent() && cursor.isEmpty()) {
      map.problem("overlap", "\"overlap\" needs a \"cursor\"; add one or remove it");
    }
    Map<String, String> references = new LinkedHashMap<>();
    map.map("references").ifPresent(found -> references(found, tables, references));
    String table = map.text("table").orElse(name.entity());
    map.refuseOthers();
    return Optional.of(
        new TableModel(
            name,
            required,
            key,
            columns,
            cursor,
            overlap.orElse(Duration.ZERO),
            references,
            table,
            where.location()));
  }

  private static void references(
      YamlMap named, Collection<String> tables, Map<String, String> references) {
    for (YamlMap.Key column : named.keys()) {
      Optional<YamlScalar> entity = named.scalar(column.name());
      if (entity.isPresent() && !tables.contains(entity.get().text())) {
        String word = entity.get().text();
        entity
            .get()
            .problem(
                "expected an entity of the same source, found \"%s\"%s"
                    .formatted(word, Suggestion.among(word, tables)));
      } else {
        entity.ifPresent(found -> references.put(column.name(), found.text()));
      }
    }
  }

  Optional<EndpointModel> endpoint() {
    Optional<String> path = map.requireText("path");
    Optional<String> records = map.text("records");
    PagingModel paging = paging();
    map.refuseOthers();
    return path.map(
        p -> new EndpointModel(name, required, key, columns, p, paging, records, where.location()));
  }

  private PagingModel paging() {
    String kind =
        map.scalar("paging")
            .flatMap(
                word ->
                    word.oneOf(
                        Map.of(
                            "none", "none",
                            "page_number", "page_number",
                            "offset", "offset",
                            "cursor", "cursor",
                            "next_link", "next_link",
                            "link_header", "link_header")))
            .orElse("none");
    if (kind.equals("none")) {
      return new PagingModel.None();
    }
    int size = map.scalar("page_size").flatMap(v -> v.integer(1, 100_000)).orElse(0);
    String sizeParameter =
        map.text("page_size_parameter").orElse(kind.equals("offset") ? "limit" : "page_size");
    return switch (kind) {
      case "page_number" ->
          new PagingModel.PageNumber(
              map.text("page_parameter").orElse("page"),
              map.scalar("first_page").flatMap(v -> v.integer(0, 1)).orElse(1),
              sizeParameter,
              size);
      case "offset" ->
          new PagingModel.Offset(
              map.text("offset_parameter").orElse("offset"), sizeParameter, size);
      case "cursor" ->
          new PagingModel.Cursor(
              map.text("cursor_parameter").orElse("cursor"),
              map.text("next").orElse("next_cursor"),
              sizeParameter,
              size);
      case "next_link" ->
          new PagingModel.NextLink(map.text("next").orElse("next"), sizeParameter, size);
      default -> new PagingModel.LinkHeader(sizeParameter, size);
    };
  }

  Optional<FeedModel> feed() {
    List<FilePattern> match = new ArrayList<>();
    Optional<YamlNode> patterns = map.require("match");
    patterns
        .flatMap(YamlNode::asList)
        .ifPresent(
            list -> list.items().forEach(item -> item.asScalar().ifPresent(s -> add(match, s))));
    if (patterns.isPresent() && patterns.get().isNothing()) {
      map.problem("match", "expected a pattern such as \"sales_{yyyyMMdd}.csv\", found nothing");
    }
    Optional<String> cursor = map.text("cursor");
    boolean daily = map.scalar("expect").flatMap(v -> v.oneOf(Map.of("daily", true))).orElse(false);
    if (daily && match.stream().noneMatch(FilePattern::isDated)) {
      map.problem("expect", "\"expect: daily\" needs a date such as {yyyyMMdd} in \"match\"");
    }
    char delimiter = map.scalar("delimiter").map(this::delimiter).orElse(',');
    map.refuseOthers();
    return Optional.of(
        new FeedModel(
            name, required, key, columns, cursor, match, daily, delimiter, where.location()));
  }

  private static void add(List<FilePattern> patterns, YamlScalar scalar) {
    try {
      patterns.add(FilePattern.parse(scalar.text()));
    } catch (IllegalArgumentException e) {
      scalar.problem("the pattern \"" + scalar.text() + "\" " + e.getMessage());
    }
  }

  private char delimiter(YamlScalar scalar) {
    String text = scalar.text().equals("tab") || scalar.text().equals("\\t") ? "\t" : scalar.text();
    boolean usable = text.length() == 1 && "\"\r\n".indexOf(text.charAt(0)) < 0;
    if (!usable) {
      scalar.problem(
          "expected one character such as \";\" or \"tab\", found \"" + scalar.text() + "\"");
      return ',';
    }
    return text.charAt(0);
  }
}
