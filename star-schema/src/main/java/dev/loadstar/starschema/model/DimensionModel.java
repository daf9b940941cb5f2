package dev.loadstar.starschema.model;

import dev.loadstar.core.name.EntityName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A type 2 dimension.
 *
 * @param name without prefix: {@code customer} becomes {@code dim_customer}
 * @param from the entity whose rows are observations of members
 * @param key the natural key's columns
 * @param effectiveAt the column that says when a change took effect; else the business date's start
 * @param type1 attributes that are always as they are today
 * @param type2 attributes whose change begins a new version
 * @param columns attributes that are computed: Spark SQL over the entity's columns
 * @param deletedWhen Spark SQL that is true for a row that says the member is gone
 * @param enrichments attributes that stand in other entities; each is in {@code type1}
 */
public record DimensionModel(
    String name,
    EntityName from,
    List<String> key,
    Optional<String> effectiveAt,
    List<String> type1,
    List<String> type2,
    Map<String, String> columns,
    Optional<String> deletedWhen,
    OnDelete onDelete,
    List<Enrichment> enrichments) {
  /** What a deletion does to a member's versions. */
  public enum OnDelete {
    /** The last version ends at the deletion. */
    CLOSE,
    /** A version begins that is current and marked deleted. */
    MARK,
    IGNORE
  }

  /**
   * A look-up of the latest row of another entity.
   *
   * @param by the column of {@code from} that holds the other entity's key
   * @param columns of the other entity, which become attributes of the same name
   */
  public record Enrichment(EntityName entity, String by, List<String> columns) {
    public Enrichment {
      columns = List.copyOf(columns);
    }
  }

  public DimensionModel {
    key = List.copyOf(key);
    type1 = List.copyOf(type1);
    type2 = List.copyOf(type2);
    columns =
        Collections.unmodifiableMap(
            new LinkedHashMap<>(columns)); // its order is in the fingerprint
    enrichments = List.copyOf(enrichments);
  }

  public String table() {
    return "dim_" + name;
  }

  public String observations() {
    return "obs_" + name;
  }

  public String surrogateKey() {
    return name + "_key";
  }

  public String durableKey() {
    return name + "_durable_key";
  }

  /** Attributes in the order of the table. */
  public List<String> attributes() {
    List<String> all = new ArrayList<>(type1);
    all.addAll(type2);
    return List.copyOf(all);
  }

  /** Whether an attribute comes from another entity. */
  public boolean isLookedUp(String attribute) {
    return enrichments.stream().anyMatch(e -> e.columns().contains(attribute));
  }
}
