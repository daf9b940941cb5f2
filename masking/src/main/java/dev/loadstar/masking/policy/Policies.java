package dev.loadstar.masking.policy;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.masking.technique.Technique;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code masking/policies.yaml}. Immutable.
 *
 * @param classes rules by class; one without takes {@code redact}: forgetting is safe
 * @param columns exceptions
 */
public record Policies(
    Map<String, MaskingRule> classes, Map<EntityName, Map<String, ColumnException>> columns) {
  private static final MaskingRule FORGOTTEN =
      new MaskingRule(new Technique.Redact(), Optional.empty(), Optional.empty());

  public Policies {
    classes = Map.copyOf(classes);
    columns = Map.copyOf(columns);
  }

  public MaskingRule of(String className) {
    return classes.getOrDefault(className, FORGOTTEN);
  }

  /** The exception that counts for a column on a business date. */
  public Optional<ColumnException> exception(EntityName entity, String column, LocalDate date) {
    return Optional.ofNullable(columns.getOrDefault(entity, Map.of()).get(column))
        .filter(exception -> exception.effectiveOn(date));
  }

  /** Every exception of an entity by column, whatever its date. */
  public Map<String, ColumnException> exceptions(EntityName entity) {
    return columns.getOrDefault(entity, Map.of());
  }

  /** Every rule of an exception. */
  public Stream<MaskingRule> exceptionRules() {
    return columns.values().stream().flatMap(m -> m.values().stream()).map(ColumnException::rule);
  }
}
