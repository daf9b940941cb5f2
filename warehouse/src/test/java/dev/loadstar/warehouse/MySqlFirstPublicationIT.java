package dev.loadstar.warehouse;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;
import java.util.List;
import java.util.stream.Stream;

class MySqlFirstPublicationIT extends FirstPublicationContract {
  @Override
  TestDatabase server() {
    return TestMySql.shared();
  }

  @Override
  List<String> keys() {
    return StarLake.ALL.stream()
        .map(shape -> Fixture.query(target, "SHOW CREATE TABLE " + target.dw(shape.name())))
        .flatMap(row -> Stream.of(String.valueOf(row.get(0).get(1)).split("\n")))
        .map(line -> line.replaceFirst(",$", ""))
        .sorted()
        .toList();
  }

  @Override
  List<String> withoutProcedures() {
    return List.of("DROP PROCEDURE " + target.etl("take_keys_off"));
  }

  @Override
  List<String> unusualKeys() {
    String fact = target.dw("fact_sales");
    return List.of(
        "CREATE INDEX `Of ``late`` sales` ON " + fact + " (sold_at DESC, channel(3))",
        "CREATE INDEX told ON " + fact + " (line_number) COMMENT 'it''s kept'",
        "CREATE TABLE "
            + target.etl("mine")
            + " (k BIGINT, CONSTRAINT mine FOREIGN KEY (k) REFERENCES "
            + target.dw("dim_date")
            + " (date_key))",
        "ALTER TABLE "
            + fact
            + " ADD CONSTRAINT cascading FOREIGN KEY (location_key) REFERENCES "
            + target.dw("dim_location")
            + " (location_key) ON DELETE CASCADE");
  }

  @Override
  List<String> widerColumns() {
    return List.of(
        "ALTER TABLE " + target.dw("fact_sales") + " MODIFY line_number DECIMAL(12, 2) NOT NULL",
        "ALTER TABLE " + target.dw("dim_customer") + " MODIFY version BIGINT NOT NULL");
  }
}
