package dev.loadstar.demo.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loadstar.demo.shop.ShopGenerator;
import dev.loadstar.testing.TestMySql;
import dev.loadstar.testing.TestPostgres;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped project, night by night, through the command line on real servers. */
class RunE2eIT {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);
  private static final String REPORT_END = "</html>";

  @TempDir Path folder;

  @Test
  void nightsPublishAStarWhoseRowsAddUpAndRunningAgainChangesNothing() throws Exception {
    try (LivingShop shop = LivingShop.open(new ShopGenerator(42, 1, FIRST), folder)) {
      Deployment night = shop.deploy("night", TestPostgres.shared());
      night.call("db", "migrate").exits(0);
      night.call("run", "--date", shop.live(1)).exits(0);
      String date = shop.live(2);
      JsonNode second = night.call("run", "--date", date, "--output", "json").exits(0).json();

      assertThat(second.at("/run/outcome").asText()).isEqualTo("done");
      assertThat(second.at("/run/balance")).isNotEmpty();
      second.at("/run/balance").forEach(RunE2eIT::requireEven);
      assertThat(Files.readString(path(second.at("/report").asText())))
          .contains("Night of " + date, REPORT_END)
          .doesNotContain("http://", "https://", "<script");
      String sums = night.checksum();
      night.call("check", "--date", date).exits(0);

      night.call("run", "--date", date).exits(0);
      assertThat(night.checksum()).isEqualTo(sums);
      for (String view : List.of("sales", "customer", "product")) {
        assertThat(night.number("SELECT count(*) FROM {bi}." + view)).as(view).isPositive();
      }

      Deployment other = night.withWarehouse(TestMySql.shared(), folder.resolve("other"));
      other.call("db", "migrate").exits(0);
      other.call("load", "--date", date).exits(0);
      other.call("check", "--date", date).exits(0);
      assertThat(other.checksum()).as("one lake on both engines").isEqualTo(sums);
    }
  }

  /**
   * A late run reads sources as they are now, whichever date comes first: what has change times is
   * cut at the end of the date, the rest is told to stand for it.
   */
  @Test
  void daysOutOfOrderEndInTheSameStar() throws Exception {
    try (LivingShop shop = LivingShop.open(new ShopGenerator(7, 1, FIRST), folder)) {
      Deployment inOrder = shop.deploy("in-order", TestPostgres.shared());
      Deployment shuffled = shop.deploy("shuffled", TestMySql.shared());
      shop.live(1);
      for (Deployment each : List.of(inOrder, shuffled)) {
        each.call("db", "migrate").exits(0);
        each.call("run", "--date", shop.date(1)).exits(0);
      }
      shop.live(2, 4);
      for (int day : List.of(2, 3, 4)) {
        inOrder.call("run", "--date", shop.date(day)).exits(0);
      }
      for (int day : List.of(4, 2, 3)) {
        shuffled.call("ingest", "--date", shop.date(day), "--as-is").exits(0);
        shuffled.call("run", "--date", shop.date(day)).exits(0);
      }
      assertThat(shuffled.checksum()).isEqualTo(inOrder.checksum());
      shuffled.call("check", "--date", shop.date(4)).exits(0);
      assertThat(shuffled.number("SELECT day(business_date) FROM {bi}.freshness"))
          .as("the latest day, not the one loaded last")
          .isEqualTo(8);
    }
  }

  private static void requireEven(JsonNode hop) {
    JsonNode rows = hop.get("rows");
    long out = 0;
    for (String way :
        List.of("passed", "unchanged", "deduplicated", "filtered", "quarantined", "waiting")) {
      out += rows.get(way).asLong();
    }
    assertThat(rows.get("read").asLong() + rows.get("released").asLong())
        .as(hop.toString())
        .isEqualTo(out);
  }

  private static Path path(String uri) {
    return uri.startsWith("file:") ? Path.of(URI.create(uri).getPath()) : Path.of(uri);
  }
}
