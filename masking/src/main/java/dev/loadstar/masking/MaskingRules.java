package dev.loadstar.masking;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.project.Settings;
import dev.loadstar.core.yaml.Location;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.masking.classification.Classification;
import dev.loadstar.masking.classification.ClassificationReader;
import dev.loadstar.masking.classification.PersonalClass;
import dev.loadstar.masking.policy.ColumnException;
import dev.loadstar.masking.policy.MaskingRule;
import dev.loadstar.masking.policy.Policies;
import dev.loadstar.masking.policy.PolicyReader;
import dev.loadstar.masking.technique.Technique;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What each column holds and how it is protected. Immutable, thread safe. */
public record MaskingRules(Classification classification, Policies policies) {
  /**
   * Reads {@code masking/classification.yaml} and {@code masking/policies.yaml} and runs the tests
   * in them.
   *
   * @param knownEntities of the project's sources
   * @return empty when something was wrong, which the folder's problems tell
   */
  public static Optional<MaskingRules> read(ProjectFolder folder, Set<EntityName> knownEntities) {
    int before = folder.problems().count();
    Classification classification = ClassificationReader.read(folder, knownEntities);
    Policies policies = PolicyReader.read(folder, knownEntities, classification);
    return folder.problems().count() == before
        ? Optional.of(new MaskingRules(classification, policies))
        : Optional.empty();
  }

  /** Whether some column may be tokenized, so that the vault is needed. */
  public boolean usesVault() {
    return rulesInUse().anyMatch(rule -> rule.technique() instanceof Technique.Tokenize);
  }

  /** Adds a problem for what the rules need and the settings lack. */
  public void checkSettings(Settings settings, Problems problems) {
    if (usesVault() && settings.tokenVault().isEmpty()) {
      problems.add(
          settings.location(), "\"token_vault\" is missing, but a policy uses tokenize; add it");
    }
    boolean personal = classification.personalInUse().findAny().isPresent();
    if (personal && settings.maskingKeys().isEmpty()) {
      problems.add(
          settings.location(),
          "\"masking_keys\" is missing, but columns hold personal data; add a key as ${env:NAME}");
    }
  }

  /**
   * Adds a problem for key columns that could not be compared after masking.
   *
   * @param key in snake_case
   * @param declaredAt where to report it
   */
  public void checkKey(
      EntityName entity, List<String> key, Location declaredAt, Problems problems) {
    for (String column : key) {
      keyProblem(entity, column)
          .ifPresent(
              found ->
                  problems.add(
                      declaredAt,
                      "the key column %s.%s %s; classify it not_personal, or hash or tokenize it"
                          .formatted(entity, column, found)));
    }
  }

  /** What is wrong with a column as part of a key, as the end of a sentence. */
  public Optional<String> keyProblem(EntityName entity, String column) {
    Optional<PersonalClass> of = classification.of(entity, column);
    if (of.isEmpty()) {
      return Optional.of("is not classified, so it is withheld");
    }
    Stream<MaskingRule> exceptions =
        Optional.ofNullable(policies.exceptions(entity).get(column))
            .map(ColumnException::rule)
            .stream();
    Stream<MaskingRule> own =
        of.get().isPersonal() ? Stream.of(policies.of(of.get().name())) : Stream.empty();
    return Stream.concat(own, exceptions)
        .map(MaskingRule::technique)
        .filter(technique -> !technique.keepsIdentity())
        .findFirst()
        .map(technique -> "is masked by " + technique.word() + ", so rows cannot be told apart");
  }

  /** Rules whose review is due: class → owner, for the report. */
  public Map<String, String> overdue(LocalDate businessDate) {
    Map<String, String> due = new TreeMap<>();
    policies
        .classes()
        .forEach(
            (name, rule) ->
                rule.reviewBy()
                    .filter(businessDate::isAfter)
                    .ifPresent(day -> due.put(name, rule.owner().orElse("no owner"))));
    return due;
  }

  private Stream<MaskingRule> rulesInUse() {
    return Stream.concat(
        classification.personalInUse().map(c -> policies.of(c.name())), policies.exceptionRules());
  }
}
