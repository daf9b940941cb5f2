package dev.loadstar.core.yaml;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads a YAML file into nodes with positions; bounded in size, depth and aliases, no custom tags.
 */
public final class YamlReader {
  private static final int MAX_CHARACTERS = 1 << 20;
  private static final int MAX_DEPTH = 20;
  private static final Pattern STAR = Pattern.compile("^([^#\"']*?)(\\*[^\\s:,}\\]]*)");
  private static final Pattern BARE_REFERENCE = Pattern.compile("\\{[^\"'#]*[:,]\\s*\\$\\{");

  private final Problems problems;

  public YamlReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * @param file to read, UTF-8
   * @param shownAs its name in messages
   * @return the file's map; empty after a problem was added. An empty file is an empty map.
   */
  public Optional<YamlMap> read(Path file, String shownAs) {
    try {
      return read(Files.readString(file), shownAs);
    } catch (MalformedInputException e) {
      problems.add(Location.of(shownAs), "is not UTF-8; save it as UTF-8");
    } catch (IOException e) {
      problems.add(Location.of(shownAs), "cannot be read; check that it exists and may be read");
    }
    return Optional.empty();
  }

  public Optional<YamlMap> read(String text, String shownAs) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CHARACTERS);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(0);
    options.setAllowDuplicateKeys(true); // reported below, with both places
    DumperOptions unused = new DumperOptions();
    Yaml yaml =
        new Yaml(
            new SafeConstructor(options), new Representer(unused), unused, options, new Resolver());
    try (Reader reader = new StringReader(text)) {
      Node root = yaml.compose(reader);
      if (root == null) {
        return Optional.of(new YamlMap(Map.of(), Location.of(shownAs), problems));
      }
      return convert(root, shownAs).asMap();
    } catch (MarkedYAMLException e) {
      problems.add(place(shownAs, e.getProblemMark()), explain(e, text));
    } catch (YAMLException | IOException e) {
      problems.add(Location.of(shownAs), "is not YAML that can be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static String explain(MarkedYAMLException e, String text) {
    Mark mark = e.getProblemMark();
    String line = mark == null ? "" : text.lines().skip(mark.getLine()).findFirst().orElse("");
    Matcher star = STAR.matcher(line);
    if (star.find()) {
      return "%s without quotes is an alias in YAML; quote it: \"%s\""
          .formatted(star.group(2), star.group(2));
    }
    if (BARE_REFERENCE.matcher(line).find()) {
      return "inside { ... } a reference must be quoted: \"${env:NAME}\"";
    }
    if (line.contains("\t")) {
      return "a tab cannot indent YAML; use spaces";
    }
    return "is not valid YAML here: " + e.getProblem();
  }

  private YamlNode convert(Node node, String file) {
    Location location = place(file, node.getStartMark());
    if (node.getAnchor() != null) {
      problems.add(location, "anchors and aliases are not supported; write the value again");
      return new YamlScalar("", false, location, problems); // may contain itself
    }
    if (node instanceof ScalarNode scalar) {
      if (!node.getTag().startsWith(Tag.PREFIX)) {
        problems.add(location, "custom tags are not supported; remove " + node.getTag().getValue());
      }
      boolean quoted = scalar.getScalarStyle() != DumperOptions.ScalarStyle.PLAIN;
      return new YamlScalar(scalar.getValue(), quoted, location, problems);
    }
    if (node instanceof SequenceNode sequence) {
      List<YamlNode> items = new ArrayList<>();
      sequence.getValue().forEach(item -> items.add(convert(item, file)));
      return new YamlList(items, location, problems);
    }
    Map<YamlMap.Key, YamlNode> entries = new LinkedHashMap<>();
    Map<String, Location> seen = new LinkedHashMap<>();
    for (NodeTuple tuple : ((MappingNode) node).getValue()) {
      Location at = place(file, tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        problems.add(at, "a key must be text; quote a reference inside { ... }: \"${env:NAME}\"");
        continue;
      }
      Location first = seen.putIfAbsent(keyNode.getValue(), at);
      if (first != null) {
        problems.add(
            at,
            "\"%s\" stands here twice, first in line %d; remove one"
                .formatted(keyNode.getValue(), first.line()));
        continue;
      }
      entries.put(new YamlMap.Key(keyNode.getValue(), at), convert(tuple.getValueNode(), file));
    }
    return new YamlMap(entries, location, problems);
  }

  private static Location place(String file, Mark mark) {
    return mark == null
        ? Location.of(file)
        : new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
