package dev.loadstar.masking.classification;

import dev.loadstar.core.name.EntityName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code masking/classification.yaml}. Immutable.
 *
 * <p>What decides, first match: the column's own name under its entity; a pattern to a personal
 * class; the entity as a whole or its {@code "*"}; a pattern to {@code not_personal}. So a new
 * column {@code contact_email} of an entity that is not personal as a whole is still masked.
 *
 * @param classes by name, built in ones included
 */
public record Classification(
    Map<String, PersonalClass> classes,
    Map<EntityName, EntityClasses> entities,
    List<NamePattern> patterns) {
  /** The classes of one entity's columns; {@code rest} for those without a name of their own. */
  public record EntityClasses(Map<String, PersonalClass> columns, Optional<PersonalClass> rest) {
    public EntityClasses {
      columns = Map.copyOf(columns);
    }
  }

  /** Column names with {@code *} in them. */
  public record NamePattern(String text, PersonalClass columnClass) {
    boolean matches(String name) {
      return Pattern.matches("\\Q" + text.replace("*", "\\E.*\\Q") + "\\E", name);
    }
  }

  public Classification {
    classes = Map.copyOf(classes);
    entities = Map.copyOf(entities);
    patterns = List.copyOf(patterns);
  }

  /** The class of a column in snake_case; empty when nothing names it, so it is withheld. */
  public Optional<PersonalClass> of(EntityName entity, String column) {
    Optional<EntityClasses> own = Optional.ofNullable(entities.get(entity));
    Optional<PersonalClass> exact = own.map(e -> e.columns().get(column));
    return exact
        .or(() -> byPattern(column, true))
        .or(() -> own.flatMap(EntityClasses::rest))
        .or(() -> byPattern(column, false));
  }

  /** Personal classes that something is classified as. */
  public Stream<PersonalClass> personalInUse() {
    Stream<PersonalClass> named =
        entities.values().stream()
            .flatMap(e -> Stream.concat(e.columns().values().stream(), e.rest().stream()));
    return Stream.concat(named, patterns.stream().map(NamePattern::columnClass))
        .filter(PersonalClass::isPersonal)
        .distinct();
  }

  private Optional<PersonalClass> byPattern(String column, boolean personal) {
    return patterns.stream()
        .filter(p -> p.columnClass().isPersonal() == personal && p.matches(column))
        .map(NamePattern::columnClass)
        .findFirst();
  }
}
