package dev.loadstar.app.project;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.name.SnakeCase;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.core.yaml.YamlMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names that files declare, whatever is wrong below them: so a mistake in one file does not
 * hide those of the files that mention its names. What is wrong is told by those who read the files
 * proper.
 */
record DeclaredNames(Path directory) {
  /** Empty when a file or a name is so wrong that later mentions could not be judged. */
  Optional<Set<EntityName>> entities() {
    Problems unheard = new Problems();
    Set<EntityName> names = new TreeSet<>();
    for (ProjectFolder.Named source : folder(unheard).readEntries("sources", true)) {
      Optional<YamlMap> body = source.node().asMap();
      for (String kind : List.of("tables", "endpoints", "feeds")) {
        for (String entity : body.map(map -> keys(map, kind)).orElse(List.of())) {
          if (!SnakeCase.isValid(source.name()) || !SnakeCase.isValid(entity)) {
            return Optional.empty();
          }
          names.add(new EntityName(source.name(), entity));
        }
      }
    }
    return unheard.count() > 0 || names.isEmpty() ? Optional.empty() : Optional.of(names);
  }

  /** Empty when a file is so wrong that later mentions could not be judged. */
  Optional<Set<String>> tables() {
    Problems unheard = new Problems();
    Set<String> names = new TreeSet<>();
    for (YamlMap file : folder(unheard).read("star-schema", true)) {
      keys(file, "dimensions").forEach(name -> names.add("dim_" + name));
      keys(file, "facts").forEach(name -> names.add("fact_" + name));
    }
    return unheard.count() > 0 || names.isEmpty() ? Optional.empty() : Optional.of(names);
  }

  private ProjectFolder folder(Problems problems) {
    return new ProjectFolder(directory, "", problems);
  }

  private static List<String> keys(YamlMap map, String key) {
    return map.map(key)
        .map(m -> m.keys().stream().map(YamlMap.Key::name).toList())
        .orElse(List.of());
  }
}
