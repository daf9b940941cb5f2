package dev.loadstar.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A night whose cluster cannot be reached. */
class LostClusterTest {
  private static final String MASTER = "spark.master";
  private static final String NOBODY = "spark://127.0.0.1:1";

  @TempDir Path folder;
  private final String before = System.getProperty(MASTER);

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(MASTER);
    } else {
      System.setProperty(MASTER, before);
    }
  }

  @Test
  @Timeout(60)
  void itEndsAtOnceTellsOnceWhatIsWrongAndIsDoneByTheNextRun() throws IOException {
    TillProject project = new TillProject(folder);
    project.edit(
        "sources.yaml",
        "  feeds:\n",
        """
          feeds:
            refunds:
              match: "refunds_{yyyyMMdd}*.csv"
              key: id
              columns: { id: bigint, sold_at: timestamp, amount: "decimal(19,4)" }
        """);
    project.write(
        "masking/classification.yaml",
        "entities: { tills.sales: not_personal, tills.refunds: not_personal }\n");
    project.feed("sales_20261120.csv", "1,2026-11-20T10:00:00Z,5");
    project.feed("refunds_20261120.csv", "1,2026-11-20T11:00:00Z,5");
    System.setProperty(MASTER, NOBODY);

    assertThat(project.loadstar("run", "--to-step", "build")).as(project.err()).isEqualTo(75);

    assertThat(project.err())
        .containsOnlyOnce("Cannot start Spark on " + NOBODY)
        .doesNotContain("\tat ", "    at ", "Exception");
    JsonNode build = project.report(1).at("/steps/2"); // few rows are transformed without it
    assertThat(build.get("error").asText()).isEqualTo("UNREACHABLE");

    restore();
    assertThat(project.loadstar("run", "--to-step", "build")).as(project.err()).isZero();
  }
}
