package dev.loadstar.demo.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.crash.CrashPoint;
import dev.loadstar.demo.shop.ShopGenerator;
import dev.loadstar.testing.TestMySql;
import dev.loadstar.testing.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A marker in front of every personal value of the shop, nights that succeed, fail and die, with
 * logs at INFO: it is found in the sources, in raw and nowhere else.
 */
class PlantedMarkerE2eIT {
  private static final String MARKER = "zqxMARKERzqx";
  private static final Map<String, String> LOUD =
      Map.of("JAVA_TOOL_OPTIONS", "-Dloadstar.log-level=info");

  @TempDir Path folder;

  @Test
  void clearPersonalDataStaysInRaw() throws Exception {
    ShopGenerator generator = new ShopGenerator(5, 1, LocalDate.of(2026, 1, 5)).withMarker(MARKER);
    try (LivingShop shop = LivingShop.open(generator, folder)) {
      Deployment postgres = shop.deploy("postgres", TestPostgres.shared());
      postgres.call("db", "migrate").exits(0);
      String first = shop.live(1);
      run(postgres, "good", LOUD, first).exits(0);
      Deployment mySql = postgres.withWarehouse(TestMySql.shared(), folder.resolve("mysql"));
      mySql.call("db", "migrate").exits(0);
      mySql.call("load", "--date", first).exits(0);

      String second = shop.live(2);
      postgres.edit("loadstar.yaml", "quarantined_rows: 5%", "quarantined_rows: 0.01%");
      run(postgres, "guarded", LOUD, second).exits(65);
      postgres.edit("loadstar.yaml", "quarantined_rows: 0.01%", "quarantined_rows: 5%");
      run(postgres, "died-processed", dies(CrashPoint.PROCESSED_FILES_WRITTEN), second)
          .exits(CrashPoint.EXIT_STATUS);
      postgres.edit("quality.yaml", "row_count: \"> 0\"", "row_count: \"> 1000000\"");
      run(postgres, "refused", LOUD, second).exits(65);
      postgres.edit("quality.yaml", "row_count: \"> 1000000\"", "row_count: \"> 0\"");
      run(postgres, "died-staged", dies(CrashPoint.STAGED), second).exits(CrashPoint.EXIT_STATUS);
      for (Deployment each : List.of(postgres, mySql)) {
        assertThat(columnsWithMarker(each)).as(each.server().engine()).isEmpty();
      }

      List<Path> found = filesWithMarker();
      Path raw = folder.resolve("postgres/lake/raw");
      assertThat(found).anyMatch(path -> path.startsWith(raw));
      assertThat(found).allMatch(path -> path.startsWith(raw) || path.startsWith(shop.tills()));
      assertThat(Files.readString(folder.resolve("told-good/err"))).contains("INFO");
    }
  }

  private static Map<String, String> dies(CrashPoint point) {
    return Map.of(
        "JAVA_TOOL_OPTIONS", "-Dloadstar.log-level=info", "LOADSTAR_CRASH_AT", point.name());
  }

  private CommandAnswer run(
      Deployment deployment, String name, Map<String, String> how, String date)
      throws IOException, InterruptedException {
    Path told = folder.resolve("told-" + name);
    return Deployment.answer(deployment.start(told, how, "run", "--date", date), told);
  }

  /** Every text column of every table and view, the staging left behind included. */
  private static List<String> columnsWithMarker(Deployment deployment) throws SQLException {
    List<String> found = new ArrayList<>();
    int searched = 0;
    try (Connection connection = deployment.connect();
        Statement statement = connection.createStatement()) {
      for (String[] column : textColumns(deployment, statement)) {
        searched++;
        String sql =
            "SELECT count(*) FROM %s.%s WHERE lower(%s) LIKE '%%%s%%'"
                .formatted(column[0], column[1], column[2], MARKER.toLowerCase(Locale.ROOT));
        try (ResultSet row = statement.executeQuery(sql)) {
          row.next();
          if (row.getLong(1) > 0) {
            found.add(String.join(".", column));
          }
        }
      }
    }
    assertThat(searched).as("columns searched").isGreaterThan(30);
    return found;
  }

  private static List<String[]> textColumns(Deployment deployment, Statement statement)
      throws SQLException {
    List<String[]> columns = new ArrayList<>();
    String sql =
        deployment.named(
            """
            SELECT table_schema, table_name, column_name FROM information_schema.columns
            WHERE table_schema IN ('{dw}', '{etl}', '{bi}', '{stg}')
              AND data_type IN ('text', 'character varying', 'character', 'varchar', 'char', 'longtext', 'mediumtext')
            """);
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        columns.add(new String[] {rows.getString(1), rows.getString(2), rows.getString(3)});
      }
    }
    return columns;
  }

  private List<Path> filesWithMarker() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.toString().endsWith(".gz") || holdsMarker(file)) {
          found.add(file); // whatever is compressed comes from the tills
        }
      }
    }
    return found;
  }

  private static boolean holdsMarker(Path file) throws IOException {
    if (!file.toString().endsWith(".parquet")) {
      return holdsMarker(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    }
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
            .withConf(new Configuration())
            .build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        if (holdsMarker(row.toString())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean holdsMarker(String text) {
    return text.toLowerCase(Locale.ROOT).contains(MARKER.toLowerCase(Locale.ROOT));
  }
}
