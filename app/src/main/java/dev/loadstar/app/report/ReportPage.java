package dev.loadstar.app.report;

import dev.loadstar.app.step.StepNote;
import dev.loadstar.core.quality.QualityResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One self-contained page: no script, nothing from elsewhere, light and dark, fit for a phone. */
public final class ReportPage {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--bg:#fbfaf7;--ink:#1d2329;--soft:#69737d;--line:#e4e1da;--card:#fff;--good:#2f7d5b;
      --bad:#b3372f;--warn:#a8761a;--passed:#2f6f8f;--unchanged:#b9c7cf;--deduplicated:#8fa7b3;--filtered:#d7c9a6;
      --quarantined:#c0564d;--waiting:#c99a3c}
      @media(prefers-color-scheme:dark){:root{--bg:#15191d;--ink:#e6e8ea;--soft:#97a1ab;--line:#2a3138;--card:#1c2227;
      --good:#67b992;--bad:#e5766d;--warn:#d9ac55;--passed:#5fa5c7;--unchanged:#46545d;--deduplicated:#607985;
      --filtered:#7b6e4c;--quarantined:#d3746b;--waiting:#d0a650}}
      *{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);
      font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;-webkit-text-size-adjust:100%}
      main{max-width:62rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
      h1{font-size:1.7rem;font-weight:600;margin:0;letter-spacing:-.01em}h2{font-size:1.05rem;font-weight:600;margin:2.6rem 0 .7rem}
      h3{font-size:.9rem;font-weight:600;color:var(--soft);margin:1.4rem 0 .4rem}
      p{margin:.3rem 0}.soft{color:var(--soft)}.good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}
      .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;margin:1.6rem 0 0}
      .figure{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.8rem 1rem}
      .figure b{display:block;font-size:1.35rem;font-weight:600;font-variant-numeric:tabular-nums}
      .figure span{color:var(--soft);font-size:.82rem}
      .error{border:1px solid var(--bad);border-radius:.6rem;padding:.8rem 1rem;margin:1.4rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
      .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}
      th,td{text-align:left;padding:.38rem .7rem .38rem 0;border-bottom:1px solid var(--line);vertical-align:top}
      th{font-weight:500;color:var(--soft);white-space:nowrap}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
      .bar{display:flex;height:.7rem;min-width:9rem;border-radius:.2rem;overflow:hidden;background:var(--line)}
      .bar i{display:block;height:100%}.key{display:flex;flex-wrap:wrap;gap:.3rem 1rem;font-size:.8rem;color:var(--soft);margin:.2rem 0 .6rem}
      .key i{display:inline-block;width:.7rem;height:.7rem;border-radius:.15rem;margin-right:.35rem;vertical-align:-.05rem}
      .passed{background:var(--passed)}.unchanged{background:var(--unchanged)}.deduplicated{background:var(--deduplicated)}
      .filtered{background:var(--filtered)}.quarantined{background:var(--quarantined)}.waiting{background:var(--waiting)}
      ul{margin:.3rem 0;padding-left:1.1rem}li{margin:.15rem 0;overflow-wrap:anywhere}code{font:.88em ui-monospace,Menlo,Consolas,monospace}
      footer{margin-top:3rem;color:var(--soft);font-size:.8rem}
      """;

  private ReportPage() {}

  public static String render(RunReport report) {
    Html html = new Html();
    html.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>")
        .text("Night of " + report.businessDate())
        .raw("</title><style>\n" + STYLE + "</style></head><body><main>");
    head(html, report);
    steps(html, report);
    FunnelSection.render(html, report.balance());
    versions(html, report);
    quality(html, report.quality());
    quarantine(html, report.quarantine());
    withheld(html, report.withheld());
    findings(html, report);
    html.raw("<footer>")
        .text(
            "Run %s, attempt %d, started %s (UTC). Counts only: this page holds no values from the data."
                .formatted(report.runId(), report.attempt(), report.startedAt()))
        .raw("</footer></main></body></html>\n");
    return html.toString();
  }

  private static void head(Html html, RunReport report) {
    html.raw("<h1>")
        .text("Night of " + report.businessDate())
        .raw("</h1><p class=\"")
        .raw(report.failed() ? "bad" : "good")
        .raw("\">")
        .text(report.failed() ? "Stopped. What was published stays as it was." : "Done.")
        .raw("</p>");
    for (StepNote step : report.steps()) {
      if (step.outcome().equals(StepNote.FAILED)) {
        html.raw("<div class=\"error\"><b>")
            .text(step.step() + ": " + step.error())
            .raw("</b>\n")
            .text(step.message())
            .raw("</div>");
      }
    }
    long quarantined =
        report.quarantine().values().stream()
            .flatMap(m -> m.values().stream())
            .mapToLong(Long::longValue)
            .sum();
    long failedChecks = report.quality().stream().filter(q -> !q.passed()).count();
    html.raw("<div class=\"figures\">");
    figure(html, Html.seconds(report.seconds()), "this attempt");
    figure(html, report.commit() == 0 ? "none" : String.valueOf(report.commit()), "newest commit");
    report.tables().forEach((table, rows) -> figure(html, Html.count(rows), table));
    figure(html, Html.count(quarantined), "quarantined rows");
    figure(html, failedChecks + " of " + report.quality().size(), "checks not passed");
    html.raw("</div>");
  }

  private static void figure(Html html, String value, String label) {
    html.raw("<div class=\"figure\"><b>")
        .text(value)
        .raw("</b><span>")
        .text(label)
        .raw("</span></div>");
  }

  private static void steps(Html html, RunReport report) {
    double longest = report.steps().stream().mapToDouble(StepNote::seconds).max().orElse(0);
    html.raw(
        "<h2>Steps</h2><div class=\"wide\"><table><tr><th>step</th><th>result</th><th class=\"n\">time</th><th></th><th>what</th></tr>");
    for (StepNote step : report.steps()) {
      String color = step.outcome().equals(StepNote.FAILED) ? "bad" : "";
      html.raw("<tr><td>")
          .text(step.step())
          .raw("</td><td class=\"" + color + "\">")
          .text(step.outcome())
          .raw("</td><td class=\"n\">")
          .text(Html.seconds(step.seconds()))
          .raw("</td><td><div class=\"bar\">");
      html.raw(
          String.format(
              Locale.ROOT,
              "<i class=\"passed\" style=\"width:%.1f%%\"></i>",
              longest == 0 ? 0 : 100 * step.seconds() / longest));
      html.raw("</div></td><td>").text(step.summary()).raw("</td></tr>");
    }
    html.raw("</table></div>");
  }

  private static void versions(Html html, RunReport report) {
    if (report.steps().stream().allMatch(step -> step.versions().isEmpty())) {
      return;
    }
    html.raw(
        "<h2>Versions</h2><div class=\"wide\"><table><tr><th>dimension</th><th class=\"n\">new</th><th class=\"n\">changed</th><th class=\"n\">removed</th><th class=\"n\">inferred members</th></tr>");
    for (StepNote step : report.steps()) {
      step.versions().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              entry -> {
                html.raw("<tr><td>").text(entry.getKey()).raw("</td>");
                for (String kind : List.of("new", "changed", "removed", "inferred")) {
                  html.raw("<td class=\"n\">")
                      .text(Html.count(entry.getValue().getOrDefault(kind, 0L)))
                      .raw("</td>");
                }
                html.raw("</tr>");
              });
    }
    html.raw("</table></div>");
  }

  private static String looked(QualityResult result) {
    return switch (result.looked()) {
      case ALL -> "every row";
      case CHANGE -> "what changed";
    };
  }

  private static void quality(Html html, List<QualityResult> results) {
    html.raw("<h2>Quality</h2>");
    if (results.isEmpty()) {
      html.raw("<p class=\"soft\">Nothing was checked for this date.</p>");
      return;
    }
    html.raw(
        "<div class=\"wide\"><table><tr><th>table</th><th>check</th><th></th><th>expected</th><th>found</th><th>looked at</th></tr>");
    for (QualityResult q : results) {
      String word = q.passed() ? "passed" : q.stopsTheRun() ? "failed" : "warning";
      String color = q.passed() ? "soft" : q.stopsTheRun() ? "bad" : "warn";
      html.raw("<tr><td>")
          .text(q.subject())
          .raw("</td><td>")
          .text(q.rule())
          .raw("</td><td class=\"" + color + "\">")
          .text(word)
          .raw("</td><td>")
          .text(q.expected())
          .raw("</td><td>")
          .text(q.found())
          .raw("</td><td class=\"soft\">")
          .text(looked(q))
          .raw("</td></tr>");
    }
    html.raw("</table></div>");
  }

  private static void quarantine(Html html, Map<String, Map<String, Long>> quarantine) {
    if (quarantine.isEmpty()) {
      return;
    }
    html.raw(
        "<h2>Quarantine</h2><div class=\"wide\"><table><tr><th>entity</th><th>reason</th><th class=\"n\">rows</th></tr>");
    quarantine.forEach(
        (entity, reasons) ->
            reasons.forEach(
                (reason, rows) ->
                    html.raw("<tr><td>")
                        .text(entity)
                        .raw("</td><td>")
                        .text(reason)
                        .raw("</td><td class=\"n\">")
                        .text(Html.count(rows))
                        .raw("</td></tr>")));
    html.raw("</table></div>");
  }

  private static void withheld(Html html, Map<String, List<String>> withheld) {
    if (withheld.isEmpty()) {
      return;
    }
    html.raw(
        "<h2>Withheld columns</h2><p class=\"soft\">No classification names them, so they stay in raw.</p><ul>");
    withheld.forEach(
        (entity, columns) ->
            html.raw("<li>").text(entity + ": " + String.join(", ", columns)).raw("</li>"));
    html.raw("</ul>");
  }

  private static void findings(Html html, RunReport report) {
    List<String> all = report.steps().stream().flatMap(s -> s.findings().stream()).toList();
    if (all.isEmpty()) {
      return;
    }
    html.raw("<h2>Findings</h2><ul>");
    all.forEach(finding -> html.raw("<li>").text(finding).raw("</li>"));
    html.raw("</ul>");
  }
}
