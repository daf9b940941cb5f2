package dev.loadstar.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.lake.Lakes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that would do what nobody means. */
class RefusedCallTest {
  @TempDir Path folder;
  private TillProject project;

  @BeforeEach
  void lookFromTheWest() throws IOException {
    project = new TillProject(folder);
    project.edit("loadstar.yaml", "timezone: UTC", "timezone: America/Los_Angeles");
    project.feed("sales_20261120.csv", "1,2026-11-20T10:00:00Z,5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "ingest", "transform", "build", "load"})
  void aDateBeyondTomorrowIsRefusedUnlessItIsMeant(String command) {
    for (String date : new String[] {"2026-11-23", "2062-01-05"}) {
      assertThat(project.call(command, "--date", date)).isEqualTo(2);
      assertThat(project.err())
          .contains("Cannot run for " + date, "up to 2026-11-22, which is tomorrow in America/L")
          .contains("--future");
    }
    assertThat(folder.resolve("lake")).doesNotExist();
  }

  @Test
  void tomorrowInTheProjectsTimeZoneAndAFutureThatIsMeantAreTaken() {
    assertThat(project.call("ingest", "--date", "2026-11-22")).as(project.err()).isZero();
    assertThat(project.call("ingest", "--date", "2062-01-05", "--future")).isZero();
    assertThat(project.call("run", "--date", "2062-01-05", "--future", "--to-step", "ingest"))
        .isZero();
  }

  @Test
  void readingAgainWithoutReadingIsRefused() {
    assertThat(project.loadstar("run", "--again", "--from-step", "transform")).isEqualTo(2);
    assertThat(project.err()).contains("--again and --as-is go with the step ingest");
    assertThat(project.loadstar("run", "--again", "--as-is", "--to-step", "ingest"))
        .as(project.err())
        .isZero();
  }

  @Test
  void aLoadIsSetAsideByEntityNumberAndReason() {
    assertThat(setAside("tills.sale", "r")).isEqualTo(2);
    assertThat(project.err()).contains("did you mean \"tills.sales\"?");
    assertThat(setAside("tills", "r")).isEqualTo(2);
    assertThat(project.err()).contains("found a source, expected one of its entities");
    assertThat(project.call("set-aside", "tills.sales", "--load", "1")).isEqualTo(2);
    assertThat(project.err()).contains("--reason");
    assertThat(setAside("tills.sales", "r")).isEqualTo(2);
    assertThat(project.err()).contains("nothing has run yet").contains("lake");
    assertThat(folder.resolve("lake")).doesNotExist();

    assertThat(Lakes.open("lake", folder, Map.of()).raw().entities()).isEmpty();
    assertThat(setAside("tills.sales", "r")).isEqualTo(2);
    assertThat(project.err())
        .contains("Cannot set aside load 1 of tills.sales: it has no loads yet");
    assertThat(setAside("tills.sales", " ")).isEqualTo(2);
    assertThat(project.err()).contains("no reason is given");
  }

  private int setAside(String entity, String reason) {
    return project.call("set-aside", entity, "--load", "1", "--reason", reason);
  }
}
