package dev.loadstar.warehouse;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PostgresFirstPublicationIT extends FirstPublicationContract {
  @Override
  TestDatabase server() {
    return TestPostgres.shared();
  }

  @Override
  List<String> keys() {
    String schema = target.schemas().get("dw");
    return Stream.of(
            "SELECT pg_get_indexdef(i.indexrelid) || concat_ws(' ', i.indisvalid, i.indisprimary,"
                + " i.indisclustered, i.indisreplident, c.reltablespace, c.relowner, c.reloptions,"
                + " obj_description(c.oid, 'pg_class')) FROM pg_index i JOIN pg_class c ON c.oid ="
                + " i.indexrelid WHERE c.relnamespace = '%s'::regnamespace ORDER BY 1",
            "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) ||"
                + " concat_ws(' ', convalidated, condeferrable, obj_description(oid,"
                + " 'pg_constraint')) FROM pg_constraint WHERE connamespace = '%s'::regnamespace"
                + " ORDER BY 1")
        .flatMap(sql -> Fixture.query(target, sql.formatted(schema)).stream())
        .map(row -> String.valueOf(row.get(0)))
        .toList();
  }

  @Override
  List<String> withoutProcedures() {
    return List.of("DROP FUNCTION " + target.etl("take_keys_off") + "(text[])");
  }

  @Override
  List<String> unusualKeys() {
    String fact = target.dw("fact_sales");
    return List.of(
        "COMMENT ON INDEX " + target.dw("fact_sales_grain") + " IS 'it''s the grain'",
        "COMMENT ON CONSTRAINT fact_sales_grain ON " + fact + " IS 'of order lines'",
        "CREATE INDEX \"Of \"\"late\"\" sales\" ON "
            + fact
            + " (sold_at DESC, channel) WHERE line_number > 1",
        "CREATE INDEX spelled ON " + fact + " (lower(order_number))",
        "CREATE INDEX roomy ON " + fact + " (line_number) WITH (fillfactor = 50)",
        "CREATE TABLE "
            + target.etl("mine")
            + " (k bigint REFERENCES "
            + target.dw("dim_date")
            + ")",
        "CREATE VIEW "
            + target.etl("by_key")
            + " AS SELECT sales_key, channel, count(*) FROM "
            + fact
            + " GROUP BY sales_key");
  }

  @Override
  List<String> widerColumns() {
    return List.of(
        "DROP SCHEMA " + target.schemas().get("bi") + " CASCADE",
        "ALTER TABLE " + target.dw("fact_sales") + " ALTER line_number TYPE numeric",
        "ALTER TABLE " + target.dw("dim_customer") + " ALTER version TYPE bigint");
  }

  /** A caller's own table of that name is no list of what is to be made. */
  @Test
  void onlyWhatWasTakenOffIsPutBack() {
    assertThatThrownBy(
            () -> execute(target, List.of("SELECT " + target.etl("put_keys_back") + "()")))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("no keys were taken off");
  }
}
