package dev.loadstar.core.yaml;

import dev.loadstar.core.secret.Reference;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A map with its keys in order. It remembers which keys were asked for; {@link #refuseOthers()}
 * reports the rest as unknown, with a suggestion.
 */
public final class YamlMap implements YamlNode {
  /** A key with its own place. */
  public record Key(String name, Location location) {}

  private final Map<String, Key> keys = new LinkedHashMap<>();
  private final Map<String, YamlNode> values = new LinkedHashMap<>();
  private final Set<String> asked = new TreeSet<>();
  private final Location location;
  private final Problems problems;

  YamlMap(Map<Key, YamlNode> entries, Location location, Problems problems) {
    this.location = location;
    this.problems = problems;
    entries.forEach(
        (key, value) -> {
          keys.put(key.name(), key);
          values.put(key.name(), value);
        });
  }

  @Override
  public Location location() {
    return location;
  }

  @Override
  public String kind() {
    return "a map";
  }

  @Override
  public void problem(String message) {
    problems.add(location, message);
  }

  @Override
  public Optional<YamlMap> asMap() {
    return Optional.of(this);
  }

  /** Every key in order, for maps whose keys are the user's own names. Counts as asking for all. */
  public Collection<Key> keys() {
    asked.addAll(keys.keySet());
    return List.copyOf(keys.values());
  }

  public boolean has(String key) {
    asked.add(key);
    return values.containsKey(key);
  }

  /** The node behind a key, possibly one that {@link YamlNode#isNothing()}. */
  public Optional<YamlNode> find(String key) {
    asked.add(key);
    return Optional.ofNullable(values.get(key));
  }

  /** As {@link #find}, but a missing key is a problem. */
  public Optional<YamlNode> require(String key) {
    Optional<YamlNode> node = find(key);
    if (node.isEmpty()) {
      problem("\"" + key + "\" is missing; add it");
    }
    return node;
  }

  public Optional<YamlScalar> scalar(String key) {
    return find(key).flatMap(YamlNode::asScalar);
  }

  public Optional<YamlScalar> requireScalar(String key) {
    return require(key).flatMap(YamlNode::asScalar);
  }

  public Optional<String> text(String key) {
    return scalar(key).map(YamlScalar::text);
  }

  public Optional<String> requireText(String key) {
    return requireScalar(key).map(YamlScalar::text);
  }

  /** Text that may hold references, for addresses and user names. */
  public Optional<Reference> reference(String key) {
    return scalar(key).map(YamlScalar::reference);
  }

  public Optional<Reference> requireReference(String key) {
    return requireScalar(key).map(YamlScalar::reference);
  }

  /** A secret: only a reference will do. */
  public Optional<Reference> secret(String key) {
    return scalar(key).flatMap(YamlScalar::secretReference);
  }

  public Optional<YamlMap> map(String key) {
    return find(key).flatMap(YamlNode::asMap);
  }

  public Optional<YamlMap> requireMap(String key) {
    return require(key).flatMap(YamlNode::asMap);
  }

  public Optional<YamlList> list(String key) {
    return find(key).flatMap(YamlNode::asList);
  }

  /** The list behind a key as text; a missing key is an empty list. */
  public List<String> texts(String key) {
    return list(key).map(YamlList::texts).orElse(List.of());
  }

  /**
   * The place of a key, for a problem about the key itself; the map's own place if it is absent.
   */
  public Location locationOf(String key) {
    Key found = keys.get(key);
    return found == null ? location : found.location();
  }

  /** Records a mistake about a key. */
  public void problem(String key, String message) {
    problems.add(locationOf(key), message);
  }

  /** Reports every key that nobody asked for. Call it last. */
  public void refuseOthers() {
    for (Key key : keys.values()) {
      if (!asked.contains(key.name())) {
        problems.add(
            key.location(),
            "unknown key \"" + key.name() + "\"" + Suggestion.among(key.name(), asked));
      }
    }
  }
}
