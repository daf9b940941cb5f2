package dev.loadstar.warehouse.publication;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.val;

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
import dev.loadstar.warehouse.WarehouseDialect;
import dev.loadstar.warehouse.WarehouseTarget;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The tables of {@code etl}, through jOOQ: here the engines agree. Stateless, thread safe. */
public final class Ledger {
  static {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  private final WarehouseTarget target;
  private final WarehouseDialect dialect;

  public Ledger(WarehouseTarget target, WarehouseDialect dialect) {
    this.target = target;
    this.dialect = dialect;
  }

  DSLContext sql(Connection connection) {
    return DSL.using(connection, dialect.jooq()); // what it logs are counts and names
  }

  private Table<?> table(String table) {
    return DSL.table(name(target.schemas().get("etl"), table));
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
        sql(connection)
            .select(
                field(name("lake_id")),
                field(name("commit_number")),
                field(name("commit_identity")),
                field(name("run_id")),
                field(name("business_date")),
                field(name("published_at")))
            .from(table("publication"))
            .getSQL();
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
    String sql =
        sql(connection).select(field(name("id"))).from(table("fence")).forUpdate().getSQL();
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

  void begin(Connection connection, Publication publication) {
    sql(connection)
        .insertInto(table("publication"))
        .columns(
            fields(
                "id",
                "lake_id",
                "commit_number",
                "commit_identity",
                "run_id",
                "business_date",
                "published_at"))
        .values(
            val(1),
            val(publication.lakeId()),
            val(publication.commit()),
            val(publication.identity().orElse(null)),
            val(publication.runId()),
            date(publication.businessDate()),
            time(publication.publishedAt()))
        .execute();
  }

  void show(Connection connection, Publication publication) {
    sql(connection)
        .update(table("publication"))
        .set(field(name("lake_id"), String.class), publication.lakeId())
        .set(field(name("commit_number"), Long.class), publication.commit())
        .set(field(name("commit_identity"), String.class), publication.identity().orElse(null))
        .set(field(name("run_id"), String.class), publication.runId())
        .set(field(name("business_date"), LocalDate.class), date(publication.businessDate()))
        .set(field(name("published_at"), LocalDateTime.class), time(publication.publishedAt()))
        .execute();
  }

  /** Writes the run's rows, in place of those that the same attempt may have left. */
  void record(
      Connection connection, RunRecord run, Commit commit, List<HopBalance> load, Instant now) {
    DSLContext sql = sql(connection);
    for (String table : List.of("run", "balance", "quality_result")) {
      sql.deleteFrom(table(table))
          .where(
              field(name("run_id")).eq(run.runId()).and(field(name("attempt")).eq(run.attempt())))
          .execute();
    }
    sql.insertInto(table("run"))
        .columns(
            fields(
                "run_id",
                "attempt",
                "business_date",
                "started_at",
                "published_at",
                "lake_id",
                "commit_number"))
        .values(
            val(run.runId()),
            val(run.attempt()),
            date(run.businessDate()),
            time(run.startedAt()),
            time(now),
            val(commit.lakeId()),
            val(commit.number()))
        .execute();
    recordLoads(sql, run, commit);
    recordBalance(sql, run, load);
    int position = 0;
    for (QualityResult result : commit.quality()) {
      sql.insertInto(table("quality_result"))
          .columns(
              fields(
                  "run_id",
                  "attempt",
                  "position",
                  "subject",
                  "rule_name",
                  "severity",
                  "passed",
                  "expected",
                  "found"))
          .values(
              run.runId(),
              run.attempt(),
              ++position,
              cut(result.subject(), 255),
              cut(result.rule(), 1000),
              result.severity().name(),
              result.passed(),
              cut(result.expected(), 1000),
              cut(result.found(), 1000))
          .execute();
    }
  }

  private void recordLoads(DSLContext sql, RunRecord run, Commit commit) {
    sql.deleteFrom(table("load"))
        .where(
            field(name("lake_id"))
                .eq(commit.lakeId())
                .and(field(name("commit_number")).eq(commit.number())))
        .execute();
    for (Map.Entry<EntityName, Long> load : new TreeMap<>(commit.consumed()).entrySet()) {
      sql.insertInto(table("load"))
          .columns(fields("lake_id", "commit_number", "entity", "load_number", "run_id"))
          .values(
              commit.lakeId(),
              commit.number(),
              cut(load.getKey().toString(), 255),
              load.getValue(),
              run.runId())
          .execute();
    }
  }

  /** A hop that is named twice, as by two builds of one run, counts together. */
  private void recordBalance(DSLContext sql, RunRecord run, List<HopBalance> load) {
    Map<List<String>, RowBalance> hops = new TreeMap<>(Ledger::compare);
    for (List<HopBalance> part : List.of(run.balance(), load)) {
      part.forEach(
          hop -> hops.merge(List.of(hop.step(), hop.subject()), hop.rows(), RowBalance::plus));
    }
    hops.forEach(
        (hop, rows) -> {
          int inserted =
              sql.insertInto(table("balance"))
                  .columns(
                      fields(
                          "run_id",
                          "attempt",
                          "step",
                          "subject",
                          "rows_read",
                          "released",
                          "passed",
                          "unchanged",
                          "deduplicated",
                          "filtered",
                          "quarantined",
                          "waiting"))
                  .values(
                      run.runId(),
                      run.attempt(),
                      hop.get(0),
                      cut(hop.get(1), 255),
                      rows.read(),
                      rows.released(),
                      rows.passed(),
                      rows.unchanged(),
                      rows.deduplicated(),
                      rows.filtered(),
                      rows.quarantined(),
                      rows.waiting())
                  .execute();
          if (inserted != 1) {
            throw new IllegalStateException("one row goes in");
          }
        });
  }

  /** Named, so that a column that a later migration adds does not break this loader. */
  private static List<Field<Object>> fields(String... names) {
    return Arrays.stream(names).map(column -> field(name(column))).toList();
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

  /** As text and a cast: drivers would put the JVM's time zone in between. */
  private static Field<LocalDateTime> time(Instant instant) {
    return val(TIME.format(instant)).cast(SQLDataType.LOCALDATETIME(6));
  }

  private static Field<LocalDate> date(LocalDate date) {
    return val(date.toString()).cast(SQLDataType.LOCALDATE);
  }
}
