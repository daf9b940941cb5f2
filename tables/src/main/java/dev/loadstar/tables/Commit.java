package dev.loadstar.tables;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.quality.QualityResult;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One atomic state of the whole curated star.
 *
 * @param number from 1, without gaps
 * @param identity digests the rows: two commits of one lake with equal identities hold equal rows,
 *     in whatever files; never equal for two commits with one number of which one was lost
 * @param parent the commit that it was computed from
 * @param businessDate of the run that made it
 * @param latestDate the latest business date of this commit and all before it
 * @param consumed per entity the number of the last processed load in it
 * @param tables by name
 * @param balance of the build that made it
 * @param quality verdicts on the candidate, all of which let it pass
 * @param figures counts and sums over all rows of its tables, by a digest of what they are
 */
public record Commit(
    String lakeId,
    long number,
    String identity,
    Optional<Long> parent,
    LocalDate businessDate,
    LocalDate latestDate,
    String runId,
    Instant createdAt,
    Map<EntityName, Long> consumed,
    Map<String, Table> tables,
    List<HopBalance> balance,
    List<QualityResult> quality,
    Map<String, BigDecimal> figures) {
  public Commit {
    consumed = Map.copyOf(consumed);
    tables = Map.copyOf(tables);
    balance = List.copyOf(balance);
    quality = List.copyOf(quality);
    figures = Map.copyOf(figures);
  }

  /**
   * @throws IllegalArgumentException when it has no such table
   */
  public Table table(String name) {
    Table table = tables.get(name);
    if (table == null) {
      throw new IllegalArgumentException("commit " + number + " has no table " + name);
    }
    return table;
  }

  /** The shapes of the tables that a warehouse shows, by name. */
  public List<TableShape> published() {
    return tables.values().stream()
        .map(Table::shape)
        .filter(TableShape::published)
        .sorted(java.util.Comparator.comparing(TableShape::name))
        .toList();
  }
}
