package dev.loadstar.warehouse.publication;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.tables.Commit;
import dev.loadstar.warehouse.Publication;
import dev.loadstar.warehouse.RunRecord;
import dev.loadstar.warehouse.WarehouseTarget;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tables of {@code etl}, in SQL that the engines share. Stateless, thread safe. */
public final class Ledger {
  private final WarehouseTarget target;
  private final LedgerRows rows;

  public Ledger(WarehouseTarget target) {
    this.target = target;
    this.rows = new LedgerRows(target);
  }

  /**
   * What is shown now.
   *
   * @param lock whether to keep others from changing it until the transaction ends; waits for one
   *     that is about to
   */
  public Optional<Publication> publication(Connection connection, boolean lock)
      throws SQLException {
    if (lock) {
      lockFence(connection);
    }
    String sql =
        "SELECT lake_id, commit_number, commit_identity, run_id, business_date, published_at FROM "
            + target.etl("publication");
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      long micros = (Long) target.database().engine().reader(Simple.TIMESTAMP).read(row, 6);
      return Optional.of(
          new Publication(
              row.getString(1),
              row.getLong(2),
              Optional.ofNullable(row.getString(3)),
              row.getString(4),
              row.getObject(5, LocalDate.class),
              Instant.EPOCH.plus(micros, ChronoUnit.MICROS)));
    }
  }

  /** A row that is there before the first publication, which has none of its own to lock. */
  private void lockFence(Connection connection) throws SQLException {
    String sql = "SELECT id FROM " + target.etl("fence") + " FOR UPDATE";
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw new LoadException(
            ErrorCode.SCHEMA_MISMATCH,
            "Cannot lock %s: its fence has no row, expected one. Restore it: INSERT INTO %s (id) VALUES (1)."
                .formatted(target.database(), target.etl("fence")));
      }
    }
  }

  void begin(Connection connection, Publication publication) throws SQLException {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", 1);
    row.putAll(row(publication));
    rows.insert(connection, "publication", List.of(row));
  }

  void show(Connection connection, Publication publication) throws SQLException {
    rows.update(connection, "publication", row(publication));
  }

  private static Map<String, Object> row(Publication publication) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("lake_id", publication.lakeId());
    row.put("commit_number", publication.commit());
    row.put("commit_identity", publication.identity().orElse(null));
    row.put("run_id", publication.runId());
    row.put("business_date", publication.businessDate());
    row.put("published_at", publication.publishedAt());
    return row;
  }

  /** Writes the run's rows, in place of those that the same attempt may have left. */
  void record(
      Connection connection, RunRecord run, Commit commit, List<HopBalance> load, Instant now)
      throws SQLException {
    for (String table : List.of("run", "balance", "quality_result")) {
      rows.delete(connection, table, attempt(run));
    }
    Map<String, Object> row = attempt(run);
    row.put("business_date", run.businessDate());
    row.put("started_at", run.startedAt());
    row.put("published_at", now);
    row.put("lake_id", commit.lakeId());
    row.put("commit_number", commit.number());
    rows.insert(connection, "run", List.of(row));
    recordLoads(connection, run, commit);
    recordBalance(connection, run, load);
    recordQuality(connection, run, commit);
  }

  private static Map<String, Object> attempt(RunRecord run) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("run_id", run.runId());
    row.put("attempt", run.attempt());
    return row;
  }

  private void recordLoads(Connection connection, RunRecord run, Commit commit)
      throws SQLException {
    Map<String, Object> same = new LinkedHashMap<>();
    same.put("lake_id", commit.lakeId());
    same.put("commit_number", commit.number());
    rows.delete(connection, "load", same);
    List<Map<String, Object>> loads = new ArrayList<>();
    for (Map.Entry<EntityName, Long> load : new TreeMap<>(commit.consumed()).entrySet()) {
      Map<String, Object> row = new LinkedHashMap<>(same);
      row.put("entity", cut(load.getKey().toString(), 255));
      row.put("load_number", load.getValue());
      row.put("run_id", run.runId());
      loads.add(row);
    }
    rows.insert(connection, "load", loads);
  }

  /** A hop that is named twice, as by two builds of one run, counts together. */
  private void recordBalance(Connection connection, RunRecord run, List<HopBalance> load)
      throws SQLException {
    Map<List<String>, RowBalance> hops = new TreeMap<>(Ledger::compare);
    for (List<HopBalance> part : List.of(run.balance(), load)) {
      part.forEach(
          hop -> hops.merge(List.of(hop.step(), hop.subject()), hop.rows(), RowBalance::plus));
    }
    List<Map<String, Object>> balance = new ArrayList<>();
    hops.forEach(
        (hop, counted) -> {
          Map<String, Object> row = attempt(run);
          row.put("step", hop.get(0));
          row.put("subject", cut(hop.get(1), 255));
          row.put("rows_read", counted.read());
          row.put("released", counted.released());
          row.put("passed", counted.passed());
          row.put("unchanged", counted.unchanged());
          row.put("deduplicated", counted.deduplicated());
          row.put("filtered", counted.filtered());
          row.put("quarantined", counted.quarantined());
          row.put("waiting", counted.waiting());
          balance.add(row);
        });
    rows.insert(connection, "balance", balance);
  }

  private void recordQuality(Connection connection, RunRecord run, Commit commit)
      throws SQLException {
    List<Map<String, Object>> results = new ArrayList<>();
    for (QualityResult result : commit.quality()) {
      Map<String, Object> row = attempt(run);
      row.put("position", results.size() + 1);
      row.put("subject", cut(result.subject(), 255));
      row.put("rule_name", cut(result.rule(), 1000));
      row.put("severity", result.severity().name());
      row.put("passed", result.passed());
      row.put("expected", cut(result.expected(), 1000));
      row.put("found", cut(result.found(), 1000));
      results.add(row);
    }
    rows.insert(connection, "quality_result", results);
  }

  private static int compare(List<String> one, List<String> other) {
    int byStep = one.get(0).compareTo(other.get(0));
    return byStep != 0 ? byStep : one.get(1).compareTo(other.get(1));
  }

  private static String cut(String text, int length) {
    return text.codePointCount(0, text.length()) <= length
        ? text
        : text.substring(0, text.offsetByCodePoints(0, length));
  }
}
