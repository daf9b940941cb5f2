package dev.loadstar.demo.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loadstar.demo.run.ClubHistory.ClubRun;
import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;
import dev.loadstar.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake that lost its last nights to a backup, and one that goes back by itself. */
class RestoredLakeE2eIT {
  private static final String CLUB = "demo/src/test/resources/projects/club";

  @TempDir Path folder;

  @Test
  void aLakeThatLostNightsIsPublishedOnlyWhenToldAndThenInFull() throws Exception {
    List<ClubRun> lost = ClubHistory.nights(1);
    List<ClubRun> found = ClubHistory.nights(2);
    Map<String, String> files = Map.of("CLUB_URL", folder.resolve("files").toString());
    Deployment postgres =
        Deployment.of(folder.resolve("night"), CLUB, TestPostgres.shared(), files);
    Deployment mysql = postgres.withWarehouse(TestMySql.shared(), folder.resolve("mysql"));
    List<Deployment> both = List.of(postgres, mysql);
    Path lake = folder.resolve("night/lake");
    for (Deployment each : both) {
      each.call("db", "migrate").exits(0);
    }
    for (int night = 0; night < 3; night++) {
      live(lost.get(night), both);
      if (night == 0) {
        Deployment.copyFolder(lake, folder.resolve("backup"));
      }
    }
    Files.move(lake, folder.resolve("lost"));
    Files.move(folder.resolve("backup"), lake);
    String date = write(found.get(1));

    assertThat(postgres.call("run", "--date", date).exits(65).err()).contains("load --resync");
    assertThat(mysql.call("load").exits(65).err()).contains("COMMIT_UNKNOWN", "load --resync");
    assertThat(mysql.call("check").exits(65).err()).contains("load --resync");
    assertThat(mysql.call("load", "--resync", "fact_visit").exits(2).err())
        .contains("did you mean \"fact_visits\"?");
    assertThat(mysql.call("load", "--resync", "fact_visits").exits(65).err())
        .as("one table says nothing of the others")
        .contains("COMMIT_UNKNOWN");

    for (Deployment each : both) {
      each.call("load", "--resync").exits(0);
      each.call("check", "--deep", "--date", date).exits(0);
    }
    assertThat(postgres.checksum())
        .isEqualTo(mysql.checksum())
        .isEqualTo(fresh(postgres, TestPostgres.shared(), "fresh-postgres").checksum())
        .isEqualTo(fresh(postgres, TestMySql.shared(), "fresh-mysql").checksum());

    live(found.get(2), both); // and goes on as if nothing had been
    assertThat(postgres.checksum())
        .isEqualTo(mysql.checksum())
        .isEqualTo(fresh(postgres, TestMySql.shared(), "later").checksum());
    goBackAndForth(postgres, mysql, found.get(2).date().toString());
  }

  /** What a commit held is shown again, until the loads after it are taken in again. */
  private static void goBackAndForth(Deployment postgres, Deployment mysql, String date)
      throws Exception {
    String last = postgres.checksum();
    long head = head(postgres);
    String nothing = postgres.call("rollback", "--to", String.valueOf(head)).exits(0).out();
    assertThat(nothing).contains("Nothing to do");
    assertThat(postgres.call("rollback", "--to", "99").exits(2).err())
        .contains("Cannot go back to commit 99", "no such commit");

    JsonNode back = postgres.call("rollback", "--to", "1", "--output", "json").exits(0).json();
    assertThat(back.get("commit").asLong()).isEqualTo(head + 1);
    assertThat(back.get("rows_of").asLong()).isOne();
    assertThat(back.at("/taken_in_again/club.visits").toString()).isEqualTo("[2,3]");
    assertThat(head(postgres)).isEqualTo(head + 1);
    assertThat(postgres.checksum()).as("not published yet").isEqualTo(last);
    assertThat(postgres.call("rollback", "--to", "1").exits(0).out()).contains("Nothing to do");
    for (Deployment each : List.of(postgres, mysql)) {
      each.call("load").exits(0);
      each.call("check", "--deep").exits(0);
    }
    assertThat(postgres.checksum()).isNotEqualTo(last).isEqualTo(mysql.checksum());

    postgres.call("run", "--date", date).exits(0);
    mysql.call("load").exits(0);
    assertThat(postgres.checksum()).isEqualTo(last).isEqualTo(mysql.checksum());
    mysql.call("check", "--deep", "--date", date).exits(0);
  }

  private Deployment fresh(Deployment of, TestDatabase server, String name) {
    Deployment fresh = of.withWarehouse(server, folder.resolve(name));
    fresh.call("db", "migrate").exits(0);
    fresh.call("load").exits(0);
    return fresh;
  }

  private static long head(Deployment deployment) {
    return deployment.call("status", "--output", "json").exits(0).json().get("commit").asLong();
  }

  /** One night on the first warehouse; the others catch up. */
  private void live(ClubRun night, List<Deployment> warehouses) throws IOException {
    String date = write(night);
    warehouses.get(0).call("run", "--date", date).exits(0);
    warehouses.get(1).call("load", "--date", date).exits(0);
  }

  private String write(ClubRun night) throws IOException {
    night.write(folder.resolve("files"));
    return night.date().toString();
  }
}
