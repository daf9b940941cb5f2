package dev.loadstar.core.project;

import dev.loadstar.core.yaml.Location;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.core.yaml.YamlMap;
import dev.loadstar.core.yaml.YamlNode;
import dev.loadstar.core.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of YAML that is a project. A file {@code x.yaml} may be split into a folder {@code
 * x/*.yaml}; its parts come in the order of their names.
 */
public final class ProjectFolder {
  private final Path directory;
  private final String shownAs;
  private final Problems problems;

  /**
   * @param directory that holds {@code loadstar.yaml}
   * @param shownAs how a person would type it, for messages; may be empty for the current folder
   */
  public ProjectFolder(Path directory, String shownAs, Problems problems) {
    this.directory = directory.toAbsolutePath().normalize();
    this.shownAs = shownAs;
    this.problems = problems;
  }

  public Path directory() {
    return directory;
  }

  /** Resolves a path written in YAML against the project's folder. */
  public Path resolve(String path) {
    return directory.resolve(path).normalize();
  }

  public Problems problems() {
    return problems;
  }

  /**
   * The maps of {@code name.yaml} or {@code name/*.yaml}.
   *
   * @param name without ending, for example {@code masking/policies}
   * @param required whether having none is a problem
   */
  public List<YamlMap> read(String name, boolean required) {
    List<Path> files = new ArrayList<>();
    Path single = directory.resolve(name + ".yaml");
    if (Files.isRegularFile(single)) {
      files.add(single);
    }
    Path folder = directory.resolve(name);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> parts = Files.list(folder)) {
        parts.filter(p -> p.toString().endsWith(".yaml")).sorted().forEach(files::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (files.isEmpty() && required) {
      problems.add(Location.of(shown(single)), "is missing; create it");
    }
    YamlReader reader = new YamlReader(problems);
    return files.stream()
        .map(file -> reader.read(file, shown(file)))
        .flatMap(Optional::stream)
        .toList();
  }

  /** One entry of a file whose keys are the user's names. */
  public record Named(String name, Location location, YamlNode node) {}

  /** All top-level entries of {@code name}; the same name in two files is a problem. */
  public List<Named> readEntries(String name, boolean required) {
    List<Named> entries = new ArrayList<>();
    for (YamlMap map : read(name, required)) {
      for (YamlMap.Key key : map.keys()) {
        Optional<Named> first =
            entries.stream().filter(entry -> entry.name().equals(key.name())).findFirst();
        if (first.isPresent()) {
          problems.add(
              key.location(),
              "\"%s\" is already defined in %s; remove one"
                  .formatted(key.name(), first.get().location()));
        } else {
          entries.add(new Named(key.name(), key.location(), map.find(key.name()).orElseThrow()));
        }
      }
    }
    return entries;
  }

  private String shown(Path file) {
    String relative = directory.relativize(file).toString();
    return shownAs.isEmpty() ? relative : shownAs + "/" + relative;
  }
}
