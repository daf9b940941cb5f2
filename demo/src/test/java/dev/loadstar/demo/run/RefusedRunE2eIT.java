package dev.loadstar.demo.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loadstar.core.crash.CrashPoint;
import dev.loadstar.demo.shop.ShopGenerator;
import dev.loadstar.testing.TestMySql;
import dev.loadstar.testing.TestPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights that must not happen leave the star of the night before, and say why. */
class RefusedRunE2eIT {
  @TempDir static Path folder;

  private static LivingShop shop;
  private static Deployment postgres;
  private static Deployment mySql;
  private static String first;
  private static String second;

  @BeforeAll
  static void loadTheFirstNight() throws Exception {
    shop = LivingShop.open(new ShopGenerator(3, 1, LocalDate.of(2026, 1, 5)), folder);
    postgres = shop.deploy("postgres", TestPostgres.shared());
    first = shop.live(1);
    postgres.call("db", "migrate").exits(0);
    postgres.call("run", "--date", first).exits(0);
    mySql = postgres.withWarehouse(TestMySql.shared(), folder.resolve("mysql"));
    mySql.call("db", "migrate").exits(0);
    mySql.call("load", "--date", first).exits(0);
    second = shop.live(2);
  }

  @AfterAll
  static void closeTheShop() {
    shop.close();
  }

  @Test
  void whatIsMissingIsNamedAndNothingIsTouched() {
    Map<String, String> poor = new HashMap<>(postgres.environment());
    poor.remove("SHOP_PASSWORD");
    poor.remove("LOADSTAR_MASKING_KEY");
    poor.put("LOADSTAR_LAKE", folder.resolve("no-lake").toString());

    CommandAnswer answer = Deployment.call(poor, "run", "--date", second).exits(2);

    assertThat(answer.err()).contains("SHOP_PASSWORD", "LOADSTAR_MASKING_KEY", "SECRET_MISSING");
    assertThat(folder.resolve("no-lake")).doesNotExist();
  }

  @Test
  void refusedCredentialsAreNotTriedAgain() {
    // This PostgreSQL trusts every password but knows who exists; the MySQL checks both.
    CommandAnswer source = with(postgres, "SHOP_USER", "nobody", "ingest").exits(2);
    assertThat(source.err()).contains("CREDENTIALS_REFUSED", "shop").doesNotContain("UNREACHABLE");
    CommandAnswer warehouse = with(mySql, "WAREHOUSE_PASSWORD", "wrong-Secret1", "load").exits(2);
    assertThat(warehouse.err()).contains("CREDENTIALS_REFUSED").doesNotContain("wrong-Secret1");
    assertThat(with(postgres, "WAREHOUSE_USER", "nobody", "load").exits(2).err())
        .contains("CREDENTIALS_REFUSED");
  }

  @Test
  void whatCannotBeReachedIsNamedAndWorthAnotherTry() throws IOException {
    String nowhere = "127.0.0.1:" + closedPort();
    for (String engine : List.of("postgresql", "mysql")) {
      String url = "jdbc:" + engine + "://" + nowhere + "/x";
      assertThat(with(postgres, "SHOP_URL", url, "ingest").exits(75).err())
          .contains("shop", "UNREACHABLE");
      assertThat(with(postgres, "WAREHOUSE_URL", url, "load").exits(75).err())
          .contains("warehouse", "UNREACHABLE");
    }
  }

  @Test
  void aStarThatBreaksARuleNeitherBecomesTheHeadNorIsPublished() throws IOException {
    String sums = postgres.checksum();
    long head = head(postgres);
    String rules = Files.readString(postgres.folder().resolve("project/quality.yaml"));
    postgres.edit("quality.yaml", "row_count: \"> 0\"", "row_count: \"> 1000000\"");

    CommandAnswer refused = postgres.call("run", "--date", second).exits(65);

    assertThat(refused.err()).contains("QUALITY_FAILED", "fact_sales", "1000000");
    assertThat(head(postgres)).isEqualTo(head);
    assertThat(postgres.checksum()).isEqualTo(sums);

    Files.writeString(postgres.folder().resolve("project/quality.yaml"), rules);
    postgres.call("run", "--date", second).exits(0);
    assertThat(head(postgres)).isEqualTo(head + 1);
    assertThat(postgres.checksum()).isNotEqualTo(sums);
  }

  @Test
  void ofTwoRunsAtOnceOneWinsAndTheOtherIsToldToTryAgain() throws Exception {
    Deployment both = shop.deploy("both", TestMySql.shared());
    both.call("db", "migrate").exits(0);
    Path left = folder.resolve("left");
    Path right = folder.resolve("right");
    Process one;
    Process other;
    try (Gate gate = Gate.in(folder.resolve("before-the-commit"))) {
      Map<String, String> held = gate.at(CrashPoint.CURATED_FILES_WRITTEN);
      one = both.start(left, held, "run", "--date", first, "--run-id", "left");
      other = both.start(right, held, "run", "--date", first, "--run-id", "right");
      gate.await(one);
      gate.await(other);
    }
    List<CommandAnswer> answers =
        List.of(Deployment.answer(one, left), Deployment.answer(other, right));

    assertThat(answers).extracting(CommandAnswer::exit).containsExactlyInAnyOrder(0, 75);
    assertThat(answers)
        .filteredOn(answer -> answer.exit() == 75)
        .extracting(CommandAnswer::err)
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("Cannot claim", "another run is ahead");
    assertThat(head(both)).isEqualTo(1);
    String sums = both.checksum();
    both.call("run", "--date", first).exits(0);
    assertThat(both.checksum()).isEqualTo(sums);
    both.call("check", "--date", first).exits(0);
  }

  @Test
  void ofTwoPublishersAtOnceTheSecondIsToldToTryAgainAndShowsNothing() throws Exception {
    Deployment lake = shop.deploy("queue", TestPostgres.shared());
    Deployment other = lake.withWarehouse(TestMySql.shared(), folder.resolve("queue-mysql"));
    for (Deployment each : List.of(lake, other)) {
      each.call("db", "migrate").exits(0);
    }
    lake.call("run", "--date", first, "--to-step", "build").exits(0);

    for (Deployment each : List.of(lake, other)) {
      String engine = each.server().engine();
      Path told = folder.resolve("queue-" + engine);
      Process held;
      try (Gate gate = Gate.in(folder.resolve("staged-" + engine))) {
        String[] late = {"load", "--date", first};
        held = each.start(told, gate.at(CrashPoint.STAGED), late);
        gate.await(held);
        assertThat(each.call(late).exits(75).err()).as(engine).contains("another run");
        assertThat(each.number("SELECT count(*) FROM {dw}.fact_sales")).as(engine).isZero();
      }
      Deployment.answer(held, told).exits(0);
      assertThat(each.number("SELECT count(*) FROM {dw}.fact_sales")).as(engine).isPositive();
      each.call("check", "--date", first).exits(0);
    }
    assertThat(other.checksum()).isEqualTo(lake.checksum());
  }

  private static long head(Deployment deployment) {
    JsonNode status = deployment.call("status", "--output", "json").exits(0).json();
    return status.get("commit").asLong();
  }

  private static CommandAnswer with(
      Deployment deployment, String variable, String value, String step) {
    Map<String, String> changed = new HashMap<>(deployment.environment());
    changed.put(variable, value);
    return Deployment.call(changed, step, "--date", second);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
