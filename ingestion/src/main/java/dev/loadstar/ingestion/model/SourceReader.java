package dev.loadstar.ingestion.model;

import dev.loadstar.core.name.SnakeCase;
import dev.loadstar.core.project.DatabaseAddress;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.secret.Reference;
import dev.loadstar.core.yaml.Location;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.core.yaml.YamlMap;
import dev.loadstar.core.yaml.YamlNode;
import dev.loadstar.core.yaml.YamlScalar;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one source. Not thread safe. */
final class SourceReader {
  private static final List<String> KINDS = List.of("database", "api", "files");
  private static final Pattern RATE = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)/(s|m|h)");

  private final String name;
  private final Location location;
  private final YamlNode node;
  private final Problems problems;

  SourceReader(ProjectFolder.Named entry, Problems problems) {
    this.name = entry.name();
    this.location = entry.location();
    this.node = entry.node();
    this.problems = problems;
  }

  /** The source, possibly with gaps when problems were added; empty when nothing can be said. */
  Optional<SourceModel> read() {
    requireName(name, location, "a source", problems);
    Optional<YamlMap> found = node.asMap();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = found.get();
    List<String> kinds = KINDS.stream().filter(map::has).toList();
    if (kinds.size() != 1) {
      problems.add(
          location,
          "expected one of database, api and files, which says where \"%s\" is, found %s"
              .formatted(name, kinds.isEmpty() ? "none" : String.join(" and ", kinds)));
      return Optional.empty();
    }
    Optional<ZoneId> zone = map.scalar("timezone").flatMap(YamlScalar::zone);
    boolean required = map.scalar("required").flatMap(YamlScalar::bool).orElse(true);
    Optional<SourceModel> source =
        switch (kinds.get(0)) {
          case "database" -> database(map, zone, required);
          case "api" -> api(map, zone, required);
          default -> files(map, zone, required);
        };
    map.refuseOthers();
    return source;
  }

  private Optional<SourceModel> database(YamlMap map, Optional<ZoneId> zone, boolean required) {
    Optional<DatabaseAddress> address = DatabaseAddress.read(map, "database");
    Optional<String> schema = map.text("schema");
    List<String> names =
        map.find("tables").filter(YamlMap.class::isInstance).map(YamlMap.class::cast).stream()
            .flatMap(tables -> tables.keys().stream().map(YamlMap.Key::name))
            .toList();
    List<TableModel> tables =
        entities(
            map,
            "tables",
            (key, table) -> EntityReader.of(name, key, table, required).table(names));
    return address.map(
        found -> new DatabaseSourceModel(name, zone, found, schema, tables, location));
  }

  private Optional<SourceModel> api(YamlMap map, Optional<ZoneId> zone, boolean required) {
    Optional<Reference> address = map.requireReference("api");
    AuthModel auth = auth(map);
    Map<String, Reference> headers = new LinkedHashMap<>();
    map.map("headers")
        .ifPresent(
            named ->
                named
                    .keys()
                    .forEach(
                        key ->
                            named
                                .reference(key.name())
                                .ifPresent(value -> headers.put(key.name(), value))));
    OptionalDouble rate = map.scalar("rate_limit").map(this::rate).orElse(OptionalDouble.empty());
    List<EndpointModel> endpoints =
        entities(map, "endpoints", (key, e) -> EntityReader.of(name, key, e, required).endpoint());
    return address.map(
        found -> new ApiSourceModel(name, zone, found, auth, headers, rate, endpoints, location));
  }

  private Optional<SourceModel> files(YamlMap map, Optional<ZoneId> zone, boolean required) {
    Optional<Reference> address = map.requireReference("files");
    List<FeedModel> feeds =
        entities(map, "feeds", (key, feed) -> EntityReader.of(name, key, feed, required).feed());
    return address.map(found -> new FileSourceModel(name, zone, found, feeds, location));
  }

  private static AuthModel auth(YamlMap map) {
    String kind =
        map.scalar("auth")
            .flatMap(
                word ->
                    word.oneOf(
                        Map.of(
                            "none", "none", "basic", "basic", "bearer", "bearer", "api_key",
                            "api_key")))
            .orElse("none");
    Optional<AuthModel> auth =
        switch (kind) {
          case "basic" -> {
            Optional<Reference> user = map.requireReference("username");
            yield secret(map, "password")
                .flatMap(password -> user.map(known -> new AuthModel.Basic(known, password)));
          }
          case "bearer" -> secret(map, "token").map(AuthModel.Bearer::new);
          case "api_key" -> {
            String header = map.text("api_key_header").orElse("X-API-Key");
            yield secret(map, "api_key").map(key -> new AuthModel.ApiKey(header, key));
          }
          default -> Optional.empty();
        };
    return auth.orElseGet(AuthModel.None::new); // a missing part is a problem already
  }

  private static Optional<Reference> secret(YamlMap map, String key) {
    return map.requireScalar(key).flatMap(YamlScalar::secretReference);
  }

  private OptionalDouble rate(YamlScalar scalar) {
    Matcher matcher = RATE.matcher(scalar.text());
    if (matcher.matches() && Double.parseDouble(matcher.group(1)) > 0) {
      double number = Double.parseDouble(matcher.group(1));
      return OptionalDouble.of(
          switch (matcher.group(2)) {
            case "s" -> number;
            case "m" -> number / 60;
            default -> number / 3600;
          });
    }
    scalar.problem("expected a rate such as 50/s or 100/m, found \"" + scalar.text() + "\"");
    return OptionalDouble.empty();
  }

  private <E> List<E> entities(
      YamlMap map, String word, BiFunction<YamlMap.Key, YamlMap, Optional<E>> reader) {
    List<E> entities = new ArrayList<>();
    map.requireMap(word)
        .ifPresent(
            named -> {
              for (YamlMap.Key key : named.keys()) {
                if (requireName(key.name(), key.location(), "an entity", problems)) {
                  named
                      .map(key.name())
                      .flatMap(entity -> reader.apply(key, entity))
                      .ifPresent(entities::add);
                }
              }
              if (named.keys().isEmpty()) {
                problems.add(map.locationOf(word), "expected at least one name, found none");
              }
            });
    return entities;
  }

  private static boolean requireName(
      String name, Location location, String what, Problems problems) {
    boolean valid = SnakeCase.isValid(name) && !name.startsWith("_");
    if (!valid) {
      problems.add(
          location,
          "%s is named in snake_case, found \"%s\"; write \"%s\" (tables: the real name goes to \"table\")"
              .formatted(what, name, SnakeCase.of(name).replaceFirst("^_+", "n")));
    }
    return valid;
  }
}
