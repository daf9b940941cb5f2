package dev.loadstar.demo.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loadstar.core.crash.CrashPoint;
import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;
import dev.loadstar.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake that lets go of its old loads ends in the star of one that keeps everything. */
class RetentionE2eIT {
  private static final String GARDEN = "demo/src/test/resources/projects/garden";
  private static final LocalDate BEGIN = LocalDate.of(2026, 1, 5);

  @TempDir Path folder;

  @Test
  void whatIsAddedLaterEqualsALakeThatKeptEverythingOnBothEngines() throws Exception {
    Deployment kept = deploy("kept", TestPostgres.shared());
    Deployment lean = deploy("lean", TestPostgres.shared());
    lean.edit(
        "loadstar.yaml",
        "format: 1\n",
        "format: 1\nretention: { raw: 1ms, processed: 1ms, curated: 1ms }\n");
    Deployment lagging = lean.withWarehouse(TestMySql.shared(), folder.resolve("lean-mysql"));
    lagging.call("db", "migrate").exits(0);

    night(0, kept, lean);
    lagging.call("load", "--date", date(0)).exits(0);
    night(1, kept, lean);
    night(2, kept, lean);
    for (CrashPoint point :
        List.of(
            CrashPoint.EXPIRY_CLAIMED,
            CrashPoint.CHECKPOINT_WRITTEN,
            CrashPoint.CHECKPOINT_CLAIMED)) {
      Path told = folder.resolve("told-" + point);
      Process gc = lean.start(told, Map.of("LOADSTAR_CRASH_AT", point.name()), "gc");
      Deployment.answer(gc, told).exits(CrashPoint.EXIT_STATUS);
    }
    JsonNode first = lean.call("gc", "--output", "json").exits(0).json();
    assertThat(bytes(first)).as(first.toString()).isPositive();
    night(3, kept, lean);
    night(4, kept, lean);
    long would = bytes(lean.call("gc", "--dry-run", "--output", "json").exits(0).json());
    assertThat(would).isPositive();
    lean.call("gc").exits(0);
    assertThat(bytes(lean.call("gc", "--output", "json").exits(0).json())).isZero();
    assertThat(bytes(kept.call("gc", "--output", "json").exits(0).json())).isZero();
    night(5, kept, lean);
    assertThat(lean.checksum()).isEqualTo(kept.checksum());

    for (Deployment each : List.of(kept, lean, lagging)) {
      each.edit("star-schema.yaml", "type_1: [name]", "type_1: [name, colour]");
      each.edit(
          "star-schema.yaml",
          "\nfacts:\n",
          """

          facts:
            heights:
              grain: { plant_id: bigint }
              event_time: updated_at
              dimensions: { plant: plant_id }
              measures: { height: int }
              from:
                garden.plants: {}
          """);
    }
    night(6, kept, lean);
    lagging.call("load", "--date", date(6)).exits(0);
    String star = kept.checksum();
    assertThat(lean.checksum()).isEqualTo(star);
    assertThat(lagging.checksum()).isEqualTo(star);
    assertThat(
            lean.number(
                "SELECT count(*) FROM {dw}.dim_plant WHERE plant_key > 0 AND colour IS NULL"))
        .isZero();

    for (Deployment each : List.of(kept, lean)) {
      JsonNode rebuilt = each.call("rebuild", "--output", "json").exits(0).json();
      assertThat(rebuilt.get("committed").asBoolean()).as(rebuilt.toString()).isFalse();
      each.call("rebuild", "dim_plant").exits(0);
      each.call("load", "--date", date(6)).exits(0);
      assertThat(each.checksum()).isEqualTo(star);
      each.call("check", "--date", date(6)).exits(0);
    }
    assertThat(lean.call("rebuild", "dim_plants").exits(2).err()).contains("\"dim_plant\"");
  }

  private Deployment deploy(String name, TestDatabase server) {
    Map<String, String> files = Map.of("GARDEN_URL", folder.resolve("files").toString());
    Deployment deployment = Deployment.of(folder.resolve(name), GARDEN, server, files);
    deployment.call("db", "migrate").exits(0);
    return deployment;
  }

  private static long bytes(JsonNode answer) {
    long bytes = 0;
    for (JsonNode gone : answer.get("gone")) {
      bytes += gone.get("bytes").asLong();
    }
    return bytes;
  }

  private static String date(int month) {
    return BEGIN.plusMonths(month).toString();
  }

  /** Every month one plant moves or is planted; one of the first month never changes. */
  private void night(int month, Deployment... lakes) throws IOException {
    LocalDate date = BEGIN.plusMonths(month);
    String at = date + "T08:00:00Z";
    String plants = month == 0 ? plant(100, "Fig", "wall", "green", 300, at) : "";
    plants += plant(month, "Rose " + month, "east", "red", 40, at);
    if (month > 0) {
      plants += plant(month / 2, "Rose " + month / 2, "west " + month, "pink", 50 + month, at);
    }
    String harvests = harvest(2 * month, 100, month, at) + harvest(2 * month + 1, month, 7, at);
    if (month > 1) {
      harvests += harvest(1, 0, 10 + month, at); // the first one is weighed again and again
    }
    String day = date.format(DateTimeFormatter.BASIC_ISO_DATE);
    Path files = Files.createDirectories(folder.resolve("files"));
    Files.writeString(files.resolve("plants_" + day + ".jsonl"), plants);
    Files.writeString(files.resolve("harvests_" + day + ".jsonl"), harvests);
    for (Deployment lake : lakes) {
      lake.call("run", "--date", date.toString()).exits(0);
    }
  }

  private static String plant(
      int id, String name, String bed, String colour, int height, String at) {
    return """
    {"plant_id": %d, "name": "%s", "bed": "%s", "colour": "%s", "height": %d, "updated_at": "%s"}
    """
        .formatted(id, name, bed, colour, height, at);
  }

  private static String harvest(int id, int plant, int weight, String at) {
    return """
    {"harvest_id": %d, "plant_id": %d, "at": "%s", "weight": %d, "updated_at": "%s"}
    """
        .formatted(id, plant, "2026-01-05T09:00:00Z", weight, at);
  }
}
