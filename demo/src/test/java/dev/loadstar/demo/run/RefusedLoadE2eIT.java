package dev.loadstar.demo.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loadstar.demo.shop.ShopGenerator;
import dev.loadstar.testing.TestMySql;
import dev.loadstar.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Loads that are refused or withdrawn end in the star of a shop where nothing went wrong. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RefusedLoadE2eIT {
  /** A file of a till as it should be. */
  private record Sound(byte[] content, FileTime changed) {}

  @TempDir static Path folder;
  private static LivingShop shop;
  private static Deployment untouched;
  private static Deployment refused;
  private static Deployment withdrawn;

  @BeforeAll
  static void loadTheFirstNight() throws Exception {
    shop = LivingShop.open(new ShopGenerator(17, 1, LocalDate.of(2026, 1, 5)), folder);
    untouched = shop.deploy("untouched", TestPostgres.shared());
    refused = shop.deploy("refused", TestPostgres.shared());
    withdrawn = shop.deploy("withdrawn", TestPostgres.shared());
    shop.live(1);
    for (Deployment each : List.of(untouched, refused, withdrawn)) {
      // An overlap would read again by itself what these tests are about.
      each.edit("sources/shop.yaml", ", overlap: 36h", "");
      each.call("db", "migrate").exits(0);
      each.call("run", "--date", shop.date(1)).exits(0);
    }
  }

  @AfterAll
  static void closeTheShop() {
    shop.close();
  }

  @Test
  @Order(1)
  void aNightThatTheGuardRefusedIsMendedTakenAgainAndLoadedOnBothEngines() throws Exception {
    String date = shop.live(2);
    untouched.call("run", "--date", date).exits(0);
    String before = refused.checksum();
    Map<Path, Sound> sound = breakTheTills(date);

    CommandAnswer answer = refused.call("run", "--date", date).exits(65);

    assertThat(answer.err())
        .contains("GUARD_EXCEEDED", "rows were rejected")
        .contains("loadstar ingest --date " + date + " --select tills.sales --again")
        .contains("loadstar set-aside tills.sales --load 2 --reason");
    assertThat(refused.checksum()).isEqualTo(before);

    mend(sound);
    refused.call("run", "--date", date).exits(65);
    refused.call("ingest", "--date", date, "--select", "tills.sales", "--again").exits(0);
    JsonNode report =
        refused.call("run", "--date", date, "--output", "json").exits(0).json().get("run");

    assertThat(refused.checksum()).isEqualTo(untouched.checksum()).isNotEqualTo(before);
    refused.call("check", "--date", date).exits(0);
    JsonNode till = hop(report, "transform", "tills.sales");
    assertThat(till.at("/rows/filtered").asLong()).isPositive();
    long out = 0;
    for (String way : List.of("passed", "deduplicated", "filtered", "quarantined")) {
      out += till.at("/rows/" + way).asLong();
    }
    assertThat(till.at("/rows/read").asLong()).isEqualTo(out);
    assertThat(hop(report, "ingest", "tills.sales").at("/rows/read").asLong())
        .isEqualTo(till.at("/rows/read").asLong());
    assertThat(report.toString()).contains("load 2 of " + date + " was refused and is superseded");
    requireTheSameOnMySql(refused, date);
  }

  @Test
  @Order(2)
  void whatWasSetAsideIsReadAgainByTheSameDateOrTheNextAndNoRowIsLost() throws Exception {
    String second = shop.date(2);
    withdrawn.call("ingest", "--date", second).exits(0);
    for (String entity : List.of("shop.customers", "shop.orders", "tills.sales")) {
      withdrawn.call("set-aside", entity, "--load", "2", "--reason", "a test till").exits(0);
    }
    JsonNode status = withdrawn.call("status", "--output", "json").exits(0).json();
    assertThat(status.get("set_aside")).hasSize(3);
    assertThat(status.at("/set_aside/0/reason").asText()).isEqualTo("a test till");
    // What changes again on the next day would have lost its state of this one.
    withdrawn.call("ingest", "--date", second, "--select", "shop.customers").exits(0);

    String third = shop.live(3);
    untouched.call("run", "--date", third).exits(0);
    withdrawn.call("run", "--date", third).exits(0);

    assertThat(withdrawn.checksum()).isEqualTo(untouched.checksum());
    withdrawn.call("check", "--date", third).exits(0);
    assertThat(
            withdrawn
                .call("set-aside", "shop.orders", "--load", "3", "--reason", "too late")
                .exits(2)
                .err())
        .contains("its rows are in the star");
    requireTheSameOnMySql(withdrawn, third);
  }

  private static void requireTheSameOnMySql(Deployment deployment, String date) {
    Path own = folder.resolve(deployment.folder().getFileName() + "-mysql");
    Deployment other = deployment.withWarehouse(TestMySql.shared(), own);
    other.call("db", "migrate").exits(0);
    other.call("load", "--date", date).exits(0);
    other.call("check", "--date", date).exits(0);
    assertThat(other.checksum()).isEqualTo(deployment.checksum());
  }

  /** Makes every line of the date's CSV files one that cannot be read. */
  private static Map<Path, Sound> breakTheTills(String date) throws IOException {
    Map<Path, Sound> sound = new HashMap<>();
    try (Stream<Path> files = Files.list(shop.tills())) {
      for (Path file :
          files
              .filter(f -> f.getFileName().toString().contains(date.replace("-", "")))
              .filter(f -> f.getFileName().toString().endsWith(".csv"))
              .toList()) {
        sound.put(file, new Sound(Files.readAllBytes(file), Files.getLastModifiedTime(file)));
        List<String> lines = Files.readAllLines(file);
        lines.replaceAll(line -> line.equals(lines.get(0)) ? line : "torn");
        Files.write(file, lines);
      }
    }
    assertThat(sound).isNotEmpty();
    return sound;
  }

  private static void mend(Map<Path, Sound> sound) throws IOException {
    for (var file : sound.entrySet()) {
      Files.write(file.getKey(), file.getValue().content());
      Files.setLastModifiedTime(file.getKey(), file.getValue().changed());
    }
  }

  private static JsonNode hop(JsonNode report, String step, String subject) {
    for (JsonNode hop : report.get("balance")) {
      if (hop.get("step").asText().equals(step) && hop.get("subject").asText().equals(subject)) {
        return hop;
      }
    }
    throw new AssertionError("no balance of " + step + " " + subject + ": " + report);
  }
}
