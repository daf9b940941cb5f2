package dev.loadstar.starschema.model;

import dev.loadstar.core.yaml.Location;
import dev.loadstar.core.yaml.YamlList;
import dev.loadstar.core.yaml.YamlMap;
import dev.loadstar.core.yaml.YamlNode;
import dev.loadstar.core.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the parts of a definition stand, for problems that show only once columns are known. They
 * stand apart from the models, whose fingerprints must not change when a line moves.
 *
 * @param known a path of keys, with an item of a list as its last; a scalar also under its own text
 */
record Places(Map<List<String>, Location> known) {
  static final Places NONE = new Places(Map.of());

  Places {
    known = Map.copyOf(known);
  }

  /**
   * @param files read already, for looking at a key counts as knowing it
   */
  static Places of(List<YamlMap> files) {
    Map<List<String>, Location> places = new HashMap<>();
    files.forEach(file -> file.keys().forEach(key -> add(places, List.of(), file, key)));
    return new Places(places);
  }

  private static void add(
      Map<List<String>, Location> places, List<String> above, YamlMap map, YamlMap.Key key) {
    List<String> path = longer(above, key.name());
    YamlNode value = map.find(key.name()).orElseThrow();
    boolean isValue = value instanceof YamlScalar && !value.isNothing();
    places.putIfAbsent(path, isValue ? value.location() : key.location());
    if (value instanceof YamlMap below) {
      below.keys().forEach(k -> add(places, path, below, k));
    } else if (value instanceof YamlList list) {
      list.items().forEach(item -> addItem(places, path, item));
    } else {
      addItem(places, path, value);
    }
  }

  private static void addItem(
      Map<List<String>, Location> places, List<String> path, YamlNode item) {
    if (item instanceof YamlScalar scalar) {
      places.putIfAbsent(longer(path, scalar.text()), scalar.location());
    }
  }

  private static List<String> longer(List<String> path, String key) {
    List<String> longer = new ArrayList<>(path);
    longer.add(key);
    return List.copyOf(longer);
  }

  /** The place of a path, or of the nearest thing around it. */
  Location of(String... path) {
    for (int length = path.length; length > 0; length--) {
      Location place = known.get(List.of(path).subList(0, length));
      if (place != null) {
        return place;
      }
    }
    return Location.of("star-schema.yaml");
  }
}
