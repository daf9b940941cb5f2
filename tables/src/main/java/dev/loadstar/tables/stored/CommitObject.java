package dev.loadstar.tables.stored;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.CommitNote;
import dev.loadstar.tables.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A commit as {@code curated/_commits/NNNNNN.json} keeps it; see {@link Commit}.
 *
 * @param identity null in objects of format 1
 * @param figures null in objects of before there were any
 */
record CommitObject(
    String lakeId,
    long number,
    String identity,
    Optional<Long> parent,
    LocalDate businessDate,
    LocalDate latestDate,
    String runId,
    Instant createdAt,
    Map<EntityName, Long> consumed,
    Map<String, TableState> tables,
    List<HopBalance> balance,
    List<QualityResult> quality,
    Map<String, BigDecimal> figures) {
  static CommitObject of(
      String lakeId,
      long number,
      String identity,
      Optional<Long> parent,
      CommitNote note,
      Map<String, Table> tables) {
    Map<String, TableState> states = new TreeMap<>();
    tables.forEach((name, table) -> states.put(name, (TableState) table));
    return new CommitObject(
        lakeId,
        number,
        identity,
        parent,
        note.businessDate(),
        note.latestDate(),
        note.runId(),
        note.createdAt(),
        note.consumed(),
        states,
        note.balance(),
        note.quality(),
        new TreeMap<>(note.figures()));
  }

  Commit commit() {
    return new Commit(
        lakeId,
        number,
        identity == null ? Identity.ofFormat1(lakeId, number, createdAt) : identity,
        parent,
        businessDate,
        latestDate,
        runId,
        createdAt,
        consumed,
        Map.copyOf(tables),
        balance,
        quality,
        figures == null ? Map.of() : figures);
  }
}
