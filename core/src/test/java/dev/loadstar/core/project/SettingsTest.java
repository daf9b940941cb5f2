package dev.loadstar.core.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final String SOUND =
      """
      format: 1
      timezone: Europe/Berlin
      lake: ${env:LOADSTAR_LAKE:-lake}
      warehouse:
        url: ${env:WAREHOUSE_URL}
        user: ${env:WAREHOUSE_USER}
        password: ${env:WAREHOUSE_PASSWORD}
        migrations: ../warehouse/migrations
      masking_keys:
        k1: ${env:KEY}
      guards:
        changed_members: 20%
        rejected_facts: 1%
      schedule:
        cron: 0 2 * * *
        retry_delay: 5m
      notify:
        failure: [mailto:data-team@shop.example, "${env:HOOK}"]
      """;

  @TempDir Path directory;
  private final Problems problems = new Problems();

  private Optional<Settings> read(String text) throws IOException {
    Files.writeString(directory.resolve("loadstar.yaml"), text);
    return Settings.read(new ProjectFolder(directory, "config", problems));
  }

  @Test
  void aSoundFileIsRead() throws IOException {
    Settings settings = read(SOUND).orElseThrow();
    assertThat(problems.all()).isEmpty();
    assertThat(settings.schedule().cron()).contains("0 2 * * *");
    assertThat(settings.schemas()).containsEntry("dw", "dw");
    assertThat(settings.notification().failure()).hasSize(2);
    assertThat(settings.guards().changedMembers().orElseThrow()).isEqualByComparingTo("0.2");
    assertThat(settings.guards().rejectedFacts().orElseThrow()).isEqualByComparingTo("0.01");
    assertThat(settings.guards().quarantinedRows()).isEmpty();
  }

  @Test
  void allMistakesComeAtOnce() throws IOException {
    String wrong =
        SOUND
            .replace("format: 1", "format: 7")
            .replace("Europe/Berlin", "Europe/Berlyn")
            .replace("password: ${env:WAREHOUSE_PASSWORD}", "password: hunter2")
            .replace("retry_delay", "retry_delai")
            .replace("20%", "20");
    assertThat(read(wrong)).isEmpty();
    assertThat(problems.all()).hasSize(5);
    assertThat(problems.all().toString())
        .contains("config/loadstar.yaml:2:11", "did you mean \"retry_delay\"?")
        .doesNotContain("hunter2");
  }

  @Test
  void withoutRetentionEverythingIsKept() throws IOException {
    assertThat(read(SOUND).orElseThrow().retention()).isEqualTo(Retention.NONE);
  }

  @Test
  void retentionIsReadByLayer() throws IOException {
    Retention retention =
        read(SOUND + "retention: { raw: 36h, curated: 365d }\n").orElseThrow().retention();
    assertThat(retention.raw()).contains(Duration.ofHours(36));
    assertThat(retention.processed()).isEmpty();
    assertThat(retention.curated()).contains(Duration.ofDays(365));
  }

  @Test
  void mistakesOfRetentionAreToldWithTheirPlace() throws IOException {
    String wrong = "retention:\n  raw: 90\n  procesed: 180d\n  curated: 0d\n";
    assertThat(read(SOUND + wrong)).isEmpty();
    assertThat(problems.all()).hasSize(3);
    assertThat(problems.all().toString())
        .contains(
            "config/loadstar.yaml:20:8",
            "a duration such as",
            "did you mean \"processed\"?",
            "config/loadstar.yaml:22:3",
            "keeps nothing");
  }

  @Test
  void theSameNameInTwoFilesIsAMistake() throws IOException {
    Files.createDirectory(directory.resolve("sources"));
    Files.writeString(directory.resolve("sources/a.yaml"), "shop:\n  database: x\n");
    Files.writeString(directory.resolve("sources/b.yaml"), "shop:\n  database: x\n");
    assertThat(new ProjectFolder(directory, "", problems).readEntries("sources", true)).hasSize(1);
    assertThat(problems.all().toString()).contains("sources/b.yaml:1:1", "sources/a.yaml:1:1");
  }

  @Test
  void aMissingRequiredFileIsNamed() {
    assertThat(new ProjectFolder(directory, "p", problems).read("star-schema", true)).isEmpty();
    assertThat(problems.all().toString()).contains("p/star-schema.yaml: is missing");
  }
}
