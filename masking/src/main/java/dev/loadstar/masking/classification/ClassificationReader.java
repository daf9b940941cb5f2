package dev.loadstar.masking.classification;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.name.SnakeCase;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.core.yaml.Suggestion;
import dev.loadstar.core.yaml.YamlMap;
import dev.loadstar.core.yaml.YamlNode;
import dev.loadstar.core.yaml.YamlScalar;
import dev.loadstar.masking.classification.Classification.EntityClasses;
import dev.loadstar.masking.classification.Classification.NamePattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code masking/classification.yaml}; mistakes go to the folder's problems. */
public final class ClassificationReader {
  private static final String REST = "*";
  private static final String LIKE = "like ";

  private final Problems problems;
  private final Set<EntityName> known;
  private final Map<String, PersonalClass> classes = PersonalClass.builtIn();
  private final Map<EntityName, EntityClasses> entities = new HashMap<>();
  private final List<NamePattern> patterns = new ArrayList<>();

  private ClassificationReader(Problems problems, Set<EntityName> known) {
    this.problems = problems;
    this.known = known;
  }

  /**
   * @param known the project's entities
   */
  public static Classification read(ProjectFolder folder, Set<EntityName> known) {
    ClassificationReader reader = new ClassificationReader(folder.problems(), known);
    List<YamlMap> files = folder.read("masking/classification", true);
    files.forEach(file -> file.map("classes").ifPresent(reader::classes));
    for (YamlMap file : files) {
      file.map("entities").ifPresent(reader::entities);
      file.map("patterns").ifPresent(reader::patterns);
      file.refuseOthers();
    }
    return new Classification(reader.classes, reader.entities, reader.patterns);
  }

  private void classes(YamlMap map) {
    for (YamlMap.Key key : map.keys()) {
      if (!SnakeCase.isValid(key.name()) || classes.containsKey(key.name())) {
        problems.add(
            key.location(),
            "class \"%s\" exists already or is not in snake_case; choose another name"
                .formatted(key.name()));
        continue;
      }
      map.scalar(key.name()).ifPresent(value -> add(key.name(), value));
    }
  }

  private void add(String name, YamlScalar value) {
    if (!value.text().startsWith(LIKE)) {
      value.problem("expected \"like\" and a class, such as: like payment_card");
      return;
    }
    PersonalClass model = classes.get(value.text().substring(LIKE.length()).strip());
    if (model == null || !model.isPersonal()) {
      value.problem("\"like\" needs a personal class that is defined before this one");
      return;
    }
    classes.put(name, new PersonalClass(name, model.form()));
  }

  private void entities(YamlMap map) {
    for (YamlMap.Key key : map.keys()) {
      Optional<EntityName> entity =
          known.stream().filter(e -> e.toString().equals(key.name())).findFirst();
      if (entity.isEmpty()) {
        problems.add(
            key.location(),
            "unknown entity \"%s\"%s"
                .formatted(
                    key.name(),
                    Suggestion.among(
                        key.name(), known.stream().map(EntityName::toString).toList())));
      }
      YamlNode node = map.find(key.name()).orElseThrow();
      EntityClasses columns = entity(node);
      if (entity.isPresent() && entities.putIfAbsent(entity.get(), columns) != null) {
        problems.add(key.location(), key.name() + " is classified in two files; remove one");
      }
    }
  }

  private EntityClasses entity(YamlNode node) {
    if (node instanceof YamlScalar && !node.isNothing()) {
      return new EntityClasses(Map.of(), node.asScalar().flatMap(this::columnClass));
    }
    Map<String, PersonalClass> columns = new HashMap<>();
    Optional<PersonalClass> rest = Optional.empty();
    for (YamlMap map : node.asMap().stream().toList()) {
      for (YamlMap.Key key : map.keys()) {
        Optional<PersonalClass> found = map.scalar(key.name()).flatMap(this::columnClass);
        if (key.name().equals(REST)) {
          rest = found;
        } else if (SnakeCase.isValid(key.name())) {
          found.ifPresent(c -> columns.put(key.name(), c));
        } else {
          problems.add(
              key.location(),
              "a column is named in snake_case here, found \"%s\"; write \"%s\""
                  .formatted(key.name(), SnakeCase.of(key.name())));
        }
      }
    }
    return new EntityClasses(columns, rest);
  }

  private void patterns(YamlMap map) {
    for (YamlMap.Key key : map.keys()) {
      Optional<PersonalClass> found = map.scalar(key.name()).flatMap(this::columnClass);
      NamePattern pattern = new NamePattern(key.name(), found.orElse(null));
      if (found.isPresent() && !found.get().isPersonal()) {
        Optional<String> personal =
            classes.values().stream()
                .filter(c -> c.isPersonal() && pattern.matches(c.name()))
                .map(PersonalClass::name)
                .findFirst();
        if (personal.isPresent()) {
          problems.add(
              key.location(),
              "the pattern \"%s\" would let %s through as not_personal; name the columns one by one"
                  .formatted(key.name(), personal.get()));
          continue;
        }
      }
      found.ifPresent(c -> patterns.add(pattern));
    }
  }

  private Optional<PersonalClass> columnClass(YamlScalar value) {
    PersonalClass found = classes.get(value.text());
    if (found == null) {
      value.problem(
          "unknown class \"%s\"%s"
              .formatted(value.text(), Suggestion.among(value.text(), classes.keySet())));
    }
    return Optional.ofNullable(found);
  }
}
