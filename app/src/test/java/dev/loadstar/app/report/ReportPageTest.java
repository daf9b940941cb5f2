package dev.loadstar.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loadstar.app.console.Json;
import dev.loadstar.app.step.StepNote;
import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.quality.QualityResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static final String HOSTILE = "<img src=x onerror=\"alert('1')\">&";

  @Test
  void needsNothingFromElsewhereAndRunsNothing() {
    assertThat(ReportPage.render(report("done", "words")))
        .startsWith("<!doctype html>")
        .doesNotContainIgnoringCase("<script")
        .doesNotContainIgnoringCase("http:")
        .doesNotContainIgnoringCase("https:")
        .doesNotContainIgnoringCase("url(")
        .doesNotContainIgnoringCase("@import")
        .doesNotContain("src=", "href=");
  }

  @Test
  void fitsAPhoneAndADarkRoom() {
    assertThat(ReportPage.render(report("done", "words")))
        .contains("width=device-width", "prefers-color-scheme:dark");
  }

  @Test
  void escapesEveryWord() {
    String page = ReportPage.render(report("failed", HOSTILE));

    assertThat(page)
        .doesNotContain("<img")
        .contains("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;");
  }

  @Test
  void showsWhereTheRowsWent() {
    assertThat(ReportPage.render(report("done", "words")))
        .contains("width:75.00%", "width:25.00%", "3 passed, 1 quarantined");
  }

  @Test
  void saysWhyANightStopped() {
    assertThat(ReportPage.render(report("failed", "Cannot build.")))
        .contains("Stopped.", "QUALITY_FAILED", "Cannot build.");
  }

  @Test
  void tellsProgramsTheSame() throws Exception {
    JsonNode json = Json.MAPPER.readTree(report("done", "words").json());

    assertThat(json.at("/business_date").asText()).isEqualTo("2026-11-02");
    assertThat(json.at("/balance/0/rows/quarantined").asInt()).isEqualTo(1);
    assertThat(json.at("/quarantine/shop.orders/words").asInt()).isEqualTo(1);
  }

  private static RunReport report(String outcome, String words) {
    boolean failed = outcome.equals(StepNote.FAILED);
    StepNote step =
        new StepNote(
            "build",
            outcome,
            "2026-11-03T01:00:00Z",
            1.5,
            words,
            List.of(words),
            failed ? "QUALITY_FAILED" : null,
            failed ? words : null,
            List.of(),
            Map.of(words, Map.of("new", 2L)),
            List.of());
    return new RunReport(
        words,
        1,
        "2026-11-02",
        "2026-11-03T01:00:00Z",
        2.5,
        outcome,
        List.of(step),
        List.of(
            new HopBalance("transform", words, new RowBalance(4, 0, 3, 0, 0, 0, 1, 0)),
            new HopBalance("build", words, RowBalance.ZERO)),
        List.of(new QualityResult(words, words, QualityResult.Severity.WARN, false, words, words)),
        Map.of("shop.orders", Map.of(words, 1L)),
        Map.of("shop.orders", List.of(words)),
        1,
        Map.of(words, 7L));
  }
}
