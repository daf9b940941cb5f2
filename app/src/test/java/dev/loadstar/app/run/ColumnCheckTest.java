package dev.loadstar.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names in a project against the columns that its lake knows. */
class ColumnCheckTest {
  @TempDir Path folder;
  private TillProject project;

  @BeforeEach
  void aProjectWithAFeed() throws IOException {
    project = new TillProject(folder);
    project.feed("sales_20261120.csv", "1,2026-11-20T10:00:00Z,5");
  }

  @Test
  void beforeAnythingWasLoadedOneLineSaysThatColumnsWereNotChecked() throws IOException {
    mistakes();
    assertThat(project.validate()).isZero();
    assertThat(project.out()).contains("columns were not checked: nothing was loaded yet.");
    assertThat(folder.resolve("lake")).doesNotExist();
  }

  @Test
  void validateAndBuildTellEveryMistakeWithItsPlaceOnceColumnsAreKnown() throws IOException {
    assertThat(project.loadstar("run", "--to-step", "transform")).as(project.err()).isZero();
    assertThat(project.validate()).as(project.err()).isZero();
    assertThat(project.out()).doesNotContain("not checked");
    mistakes();

    assertThat(project.validate()).isEqualTo(2);
    assertThat(project.err().lines())
        .containsExactly(
            folder + "/star-schema.yaml:9:47: unknown function \"rund\"; did you mean \"round\"?",
            folder
                + "/star-schema.yaml:11:41: unknown column \"amuont\" of tills.sales; did you mean"
                + " \"amount\"?");

    String told = project.err();
    assertThat(project.loadstar("run", "--from-step", "build", "--to-step", "build")).isEqualTo(2);
    assertThat(project.err()).contains(told.strip()).doesNotContain("unexpected");
    assertThat(project.report(2).toString()).contains("CONFIGURATION_INVALID", "amuont");
    assertThat(folder.resolve("lake/curated")).doesNotExist();
  }

  @Test
  void aDayWithoutAFileLeavesTheColumnsKnown() throws IOException {
    assertThat(project.loadstar("run", "--to-step", "transform")).as(project.err()).isZero();
    Files.delete(folder.resolve("drop/sales_20261120.csv"));
    assertThat(project.loadstar("ingest", "--again")).as(project.err()).isZero();
    assertThat(project.loadstar("transform")).as(project.err()).isZero();
    mistakes();
    assertThat(project.validate()).isEqualTo(2);
  }

  @Test
  void aRenamedColumnIsToldWithItsWayOutWhichIsTaken() throws IOException {
    assertThat(project.loadstar("run", "--to-step", "build")).as(project.err()).isZero();
    project.write("drop/sales_20261121.csv", "id,sold_at,total\n2,2026-11-21T10:00:00Z,7\n");
    project.edit("sources.yaml", "amount:", "total:");
    String[] next = {"run", "--to-step", "transform", "--date", "2026-11-21"};
    assertThat(project.call(next)).as(project.err()).isZero();
    assertThat(project.validate()).isEqualTo(2);
    assertThat(project.err())
        .contains("column \"amount\" of tills.sales is gone", "coalesce(that name, amount)");

    project.edit(
        "star-schema.yaml",
        "tills.sales:",
        "tills.sales: { columns: { amount: \"coalesce(total, amount)\" } }");
    assertThat(project.validate()).as(project.err()).isZero();
    project.edit("quality.yaml", "amount >= 0", "amount IN (5, 7)");
    project.edit("quality.yaml", ">= 1", "= 2");
    next[2] = "build";
    assertThat(project.call(next)).as(project.err()).isZero();
  }

  @Test
  void rulesAndConditionsOfMaskingAreCheckedToo() throws IOException {
    assertThat(project.loadstar("run", "--to-step", "transform")).as(project.err()).isZero();
    project.write(
        "quality.yaml",
        """
        fact_sales:
          - expression: amuont >= 0
          - expression: sold_at <= current_timestamp() AND _load > 0
          - not_null: [date_key]
            where: uper(id) = '1'
        tills.sales:
          - unique: idd
        """);
    project.write(
        "masking/policies.yaml",
        """
        columns:
          tills.sales.amount: { technique: nullify, when: amount > rand(), reason: none }
          tills.sales.id: { technique: hash, when: solt_at IS NULL, reason: none }
        """);
    assertThat(project.validate()).isEqualTo(2);
    assertThat(project.err().lines().map(line -> line.replace(folder + "/", "")))
        .containsExactly(
            "masking/policies.yaml:2:51: \"rand\" is another value each time, but a rebuild must"
                + " give the same rows; use a column instead",
            "masking/policies.yaml:3:44: unknown column \"solt_at\" of tills.sales; did you mean"
                + " \"sold_at\"?",
            "quality.yaml:2:5: unknown column \"amuont\" of fact_sales; did you mean \"amount\"?",
            "quality.yaml:4:5: unknown function \"uper\"; did you mean \"upper\"?",
            "quality.yaml:7:5: unknown column \"idd\" of tills.sales; did you mean \"id\"?");
  }

  private void mistakes() throws IOException {
    String star = project.read("star-schema.yaml");
    project.write(
        "star-schema.yaml",
        star.replace(
                "amount: \"decimal(19,4)\" }", "amount: \"decimal(19,4)\", net: rund(amount) }")
            .replace("tills.sales:", "tills.sales: { columns: { amount: amuont * 2 } }"));
  }
}
