package dev.loadstar.core.yaml;

import java.util.List;
import java.util.Optional;

/** A list, in order. */
public final class YamlList implements YamlNode {
  private final List<YamlNode> items;
  private final Location location;
  private final Problems problems;

  YamlList(List<YamlNode> items, Location location, Problems problems) {
    this.items = List.copyOf(items);
    this.location = location;
    this.problems = problems;
  }

  public List<YamlNode> items() {
    return items;
  }

  /** Every item as text; an item that is no single value is a problem and left out. */
  public List<String> texts() {
    return items.stream().flatMap(item -> item.asScalar().stream()).map(YamlScalar::text).toList();
  }

  @Override
  public Location location() {
    return location;
  }

  @Override
  public String kind() {
    return "a list";
  }

  @Override
  public void problem(String message) {
    problems.add(location, message);
  }

  @Override
  public Optional<YamlList> asList() {
    return Optional.of(this);
  }
}
