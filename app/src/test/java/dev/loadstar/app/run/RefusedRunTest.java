package dev.loadstar.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night that its quality rules refused, and the one that mends it. */
class RefusedRunTest {
  @TempDir Path folder;

  @Test
  void theReportShowsEveryRuleOfANightThatSomeRefused() throws IOException {
    TillProject project = new TillProject(folder);
    project.feed("sales_20261120.csv", "1,2026-11-20T10:00:00Z,5", "2,2026-11-20T10:00:00Z,-5");

    assertThat(project.loadstar("run", "--to-step", "build")).as(project.err()).isEqualTo(65);

    assertThat(rules(project.report(1)))
        .contains(
            "fact_sales | expression: amount >= 0 | ERROR | false | 0 rows | 1 row",
            "fact_sales | row_count: >= 1 | ERROR | true | >= 1 rows | 2 rows")
        .hasSizeGreaterThan(4);
    assertThat(project.page(1)).contains("1 of ", "<td class=\"bad\">failed</td><td>0 rows</td>");

    project.feed("sales_20261120.csv", "1,2026-11-20T10:00:00Z,5", "2,2026-11-20T10:00:00Z,5.5");
    assertThat(project.loadstar("ingest", "--again")).isZero();
    assertThat(project.loadstar("run", "--from-step", "transform", "--to-step", "build"))
        .as(project.err())
        .isZero();
    assertThat(project.loadstar("run", "--from-step", "report")).isZero();

    assertThat(rules(project.report(4)))
        .contains("fact_sales | expression: amount >= 0 | ERROR | true | 0 rows | 0 rows")
        .noneMatch(rule -> rule.contains("false"));
  }

  private static List<String> rules(JsonNode report) {
    return StreamSupport.stream(report.at("/quality").spliterator(), false)
        .map(
            q ->
                String.join(
                    " | ",
                    List.of("subject", "rule", "severity", "passed", "expected", "found").stream()
                        .map(field -> q.get(field).asText())
                        .toList()))
        .toList();
  }
}
