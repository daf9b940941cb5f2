package dev.loadstar.masking.spark;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.masking.MaskingRules;
import dev.loadstar.masking.classification.PersonalClass;
import dev.loadstar.masking.key.ChangeDigest;
import dev.loadstar.masking.key.MaskingKeys;
import dev.loadstar.masking.policy.ColumnException;
import dev.loadstar.masking.technique.NormalForm;
import dev.loadstar.masking.technique.Technique;
import dev.loadstar.masking.technique.ValueMask;
import dev.loadstar.masking.vault.TokenSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns rules into plans for Spark. Thread safe. */
public final class Masker {
  private final MaskingRules rules;
  private final MaskingKeys keys;
  private final Optional<TokenSource> vault;

  /**
   * @param keys may be empty when nothing is personal
   * @param vault must be there when a rule tokenizes
   */
  public Masker(MaskingRules rules, MaskingKeys keys, Optional<TokenSource> vault) {
    this.rules = rules;
    this.keys = keys;
    this.vault = vault;
  }

  /**
   * Plans one load. Makes the vault ready when a column needs it.
   *
   * @param standardized columns in snake_case, none of type {@code local_timestamp}
   * @param key columns that must stay comparable
   * @param digests columns that need a change digest; unknown and withheld ones are left out. Where
   *     there are any, personal columns get one, too: a later definition may compare by them, and
   *     what they held can only be digested now
   * @param businessDate decides which exceptions are in effect
   * @throws LoadException {@code CONFIGURATION_INVALID} when a rule does not fit its column
   */
  public MaskingPlan plan(
      EntityName entity,
      List<Column> standardized,
      List<String> key,
      Set<String> digests,
      LocalDate businessDate) {
    List<MaskedColumn> masked = new ArrayList<>();
    List<String> withheld = new ArrayList<>();
    List<String> conditions = new ArrayList<>();
    List<Integer> digested = new ArrayList<>();
    boolean personalDigest = false;
    for (Column column : standardized) {
      Optional<PersonalClass> of = rules.classification().of(entity, column.name());
      if (key.contains(column.name())) {
        rules
            .keyProblem(entity, column.name())
            .ifPresent(found -> refuse(entity, column, "it is a key column and " + found));
      }
      if (of.isEmpty()) {
        withheld.add(column.name());
        continue;
      }
      boolean later = !digests.isEmpty() && !keys.isEmpty() && of.get().isPersonal();
      if (later || digests.contains(column.name())) {
        digested.add(masked.size());
        personalDigest |= of.get().isPersonal();
      }
      masked.add(column(entity, column, of.get(), businessDate, conditions));
    }
    if (personalDigest && keys.isEmpty()) {
      throw new LoadException(
          ErrorCode.CONFIGURATION_INVALID,
          "Cannot make change digests of %s: no masking key, expected one. Add masking_keys to loadstar.yaml."
              .formatted(entity));
    }
    ChangeDigest changeDigest = keys.changeDigest();
    TokenSource source = masked.stream().anyMatch(Masker::tokenizes) ? vault(entity) : null;
    return new MaskingPlan(
        masked.stream().map(c -> new Column(c.name(), c.masked())).toList(),
        withheld,
        digested.stream().map(i -> masked.get(i).name()).toList(),
        masked.stream().filter(MaskedColumn::passes).map(MaskedColumn::name).toList(),
        changeDigest.fingerprint(),
        new MaskingShape(
            standardized.stream().map(Column::name).collect(Collectors.toSet()),
            masked,
            conditions,
            digested),
        new MaskRows(entity.toString(), 0, masked, digested, changeDigest, source));
  }

  private MaskedColumn column(
      EntityName entity,
      Column column,
      PersonalClass of,
      LocalDate businessDate,
      List<String> conditions) {
    Optional<Technique> own =
        of.isPersonal()
            ? Optional.of(rules.policies().of(of.name()).technique())
            : Optional.empty();
    Optional<ColumnException> exception =
        rules.policies().exception(entity, column.name(), businessDate);
    Optional<Technique> other = exception.map(e -> e.rule().technique());
    Optional<String> when = exception.flatMap(ColumnException::when);
    if (other.isPresent() && when.isEmpty()) {
      ColumnType type = type(entity, column, other);
      return new MaskedColumn(column.name(), column.type(), type, cell(other, of), -1, null);
    }
    ColumnType type = type(entity, column, own);
    if (other.isEmpty()) {
      return new MaskedColumn(column.name(), column.type(), type, cell(own, of), -1, null);
    }
    if (!(other.get() instanceof Technique.Nullify)) {
      ColumnType otherType = type(entity, column, other);
      if (own.orElse(null) instanceof Technique.Nullify) {
        type = otherType;
      } else if (!otherType.equals(type)) {
        refuse(
            entity,
            column,
            "its rule makes %s and its exception %s, so the column would have two types"
                .formatted(type.text(), otherType.text()));
      }
    }
    conditions.add(when.orElseThrow());
    return new MaskedColumn(
        column.name(), column.type(), type, cell(own, of), conditions.size() - 1, cell(other, of));
  }

  private static ColumnType type(EntityName entity, Column column, Optional<Technique> technique) {
    if (technique.isEmpty()) {
      return column.type();
    }
    return technique
        .get()
        .outputType(column.type())
        .orElseThrow(
            () ->
                refusal(
                    entity,
                    column,
                    technique.get().word() + " cannot work on " + column.type().text()));
  }

  private CellMask cell(Optional<Technique> technique, PersonalClass of) {
    if (technique.isEmpty()) {
      return new CellMask.Pass();
    }
    NormalForm form = of.form();
    if (technique.get() instanceof Technique.Tokenize) {
      return new CellMask.Token(of.name(), form);
    }
    if (technique.get() instanceof Technique.Hash && keys.isEmpty()) {
      throw new LoadException(
          ErrorCode.CONFIGURATION_INVALID,
          "Cannot hash %s: no masking key, expected one. Add masking_keys to loadstar.yaml."
              .formatted(of.name()));
    }
    return new CellMask.Apply(
        ValueMask.of(technique.get(), form, keys.isEmpty() ? null : keys.current()));
  }

  private static boolean tokenizes(MaskedColumn column) {
    return column.rule() instanceof CellMask.Token || column.exception() instanceof CellMask.Token;
  }

  private TokenSource vault(EntityName entity) {
    TokenSource source =
        vault.orElseThrow(
            () ->
                new LoadException(
                    ErrorCode.CONFIGURATION_INVALID,
                    "Cannot tokenize %s: no token vault, expected one. Add token_vault to loadstar.yaml."
                        .formatted(entity)));
    source.prepare();
    return source;
  }

  private static void refuse(EntityName entity, Column column, String found) {
    throw refusal(entity, column, found);
  }

  private static LoadException refusal(EntityName entity, Column column, String found) {
    return new LoadException(
        ErrorCode.CONFIGURATION_INVALID,
        "Cannot mask %s.%s: %s. Change its rule in masking/policies.yaml or its class."
            .formatted(entity, column.name(), found));
  }
}
