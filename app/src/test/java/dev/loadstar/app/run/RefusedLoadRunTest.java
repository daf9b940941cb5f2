package dev.loadstar.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load that transform refuses, and how a person gets past it. */
class RefusedLoadRunTest {
  private static final String FILE = "sales_20261120.csv";
  private static final String GOOD = "1,2026-11-20T10:00:00Z,5";

  @TempDir Path folder;
  private TillProject project;

  @BeforeEach
  void refuseALoad() throws IOException {
    project = new TillProject(folder);
    project.edit("loadstar.yaml", "lake: lake", "lake: lake\nguards: { quarantined_rows: 5% }");
    project.feed(FILE, GOOD, "2,2026-11-20T10:00:00Z,marker");
  }

  @Test
  void whatIsMendedAndTakenAgainIsLoadedAndEveryRowIsAccountedFor() throws IOException {
    assertThat(project.loadstar("run", "--to-step", "build")).isEqualTo(65);
    assertThat(project.err())
        .contains("1 of 2 rows were rejected")
        .contains("loadstar ingest --date 2026-11-20 --select tills.sales --again")
        .contains("loadstar set-aside tills.sales --load 1")
        .doesNotContain("marker");
    project.feed(FILE, GOOD, "2,2026-11-20T10:00:00Z,6", "3,2026-11-20T10:00:00Z,7");
    assertThat(project.loadstar("run", "--to-step", "build")).as("without --again").isEqualTo(65);

    assertThat(project.loadstar("run", "--again", "--to-step", "build")).as(project.err()).isZero();

    assertThat(project.loadstar("run", "--from-step", "report")).isZero();
    JsonNode report = project.report(4);
    JsonNode rows = hop(report, "transform").get("rows");
    assertThat(rows.get("read").asLong()).isEqualTo(5);
    assertThat(rows.get("passed").asLong()).isEqualTo(3);
    assertThat(rows.get("filtered").asLong()).isEqualTo(2);
    assertThat(hop(report, "ingest").at("/rows/read").asLong()).isEqualTo(5);
    assertThat(report.at("/steps/1/findings/0").asText())
        .contains("tills.sales: load 1 of 2026-11-20 was refused and is superseded by load 2");
    assertThat(report.at("/tables/fact_sales").asLong()).isEqualTo(3);
    assertThat(project.loadstar("run", "--to-step", "build")).as("again").isZero();
  }

  @Test
  void whatIsSetAsideIsShownAndTheFeedsFilesAreReadAgain() throws IOException {
    assertThat(project.loadstar("run", "--to-step", "build")).isEqualTo(65);

    assertThat(
            project.call(
                "set-aside",
                "tills.sales",
                "--load",
                "1",
                "--reason",
                "till 7 was being tested",
                "--output",
                "json"))
        .as(project.err())
        .isZero();
    assertThat(project.json().at("/load").asLong()).isEqualTo(1);
    assertThat(project.json().at("/rows").asLong()).isEqualTo(2);
    assertThat(project.call("status", "--output", "json")).isZero();
    assertThat(project.json().at("/set_aside/0/reason").asText())
        .isEqualTo("till 7 was being tested");
    assertThat(project.json().at("/entities/0/processed_up_to").asLong()).isEqualTo(1);

    assertThat(project.call("ingest", "--date", "2026-11-21")).isZero();
    assertThat(project.call("status", "--output", "json")).isZero();
    assertThat(project.json().at("/entities/0/load").asLong()).isEqualTo(2);
    assertThat(project.json().at("/entities/0/rows").asLong()).as("of the same file").isEqualTo(2);

    project.feed(FILE, GOOD, "2,2026-11-20T10:00:00Z,6");
    assertThat(project.call("run", "--date", "2026-11-21", "--again", "--to-step", "build"))
        .as(project.err())
        .isZero();
    assertThat(project.call("set-aside", "tills.sales", "--load", "3", "--reason", "late"))
        .isEqualTo(2);
    assertThat(project.err()).contains("its rows are in the star");
  }

  @Test
  void anOptionalEntityWhoseLoadIsRefusedStopsNoNight() throws IOException {
    project.edit("sources.yaml", "      key: id", "      required: false\n      key: id");

    project.edit("quality.yaml", ">= 1", ">= 0");

    assertThat(project.loadstar("run", "--to-step", "build")).as(project.err()).isZero();

    assertThat(project.loadstar("run", "--from-step", "report")).isZero();
    assertThat(project.report(2).at("/steps/1/findings/0").asText())
        .contains("tills.sales: skipped, since it is not required: Cannot accept load 1");
  }

  private static JsonNode hop(JsonNode report, String step) {
    return StreamSupport.stream(report.at("/balance").spliterator(), false)
        .filter(hop -> hop.get("step").asText().equals(step))
        .findFirst()
        .orElseThrow();
  }
}
