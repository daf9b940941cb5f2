package dev.loadstar.app.report;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.balance.RowBalance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where the rows of every hop went, as bars. */
final class FunnelSection {
  private FunnelSection() {}

  static void render(Html html, List<HopBalance> balance) {
    if (balance.isEmpty()) {
      return;
    }
    html.raw("<h2>Rows, hop by hop</h2><div class=\"key\">");
    parts(RowBalance.ZERO)
        .keySet()
        .forEach(
            name -> html.raw("<span><i class=\"" + name + "\"></i>").text(name).raw("</span>"));
    html.raw("</div>");
    for (String step : List.of("ingest", "transform", "build", "load")) {
      List<HopBalance> hops = balance.stream().filter(hop -> hop.step().equals(step)).toList();
      if (hops.isEmpty()) {
        continue;
      }
      html.raw("<h3>")
          .text(step)
          .raw(
              "</h3><div class=\"wide\"><table><tr><th></th><th class=\"n\">read</th><th></th><th>of these</th></tr>");
      hops.forEach(hop -> row(html, hop));
      html.raw("</table></div>");
    }
  }

  private static void row(Html html, HopBalance hop) {
    long in = hop.rows().read() + hop.rows().released();
    html.raw("<tr><td>")
        .text(hop.subject())
        .raw("</td><td class=\"n\">")
        .text(Html.count(in))
        .raw("</td><td><div class=\"bar\">");
    StringBuilder words = new StringBuilder();
    parts(hop.rows())
        .forEach(
            (name, rows) -> {
              if (rows > 0 && in > 0) {
                html.raw(
                    String.format(
                        Locale.ROOT,
                        "<i class=\"%s\" style=\"width:%.2f%%\"></i>",
                        name,
                        100.0 * rows / in));
                words
                    .append(words.isEmpty() ? "" : ", ")
                    .append(Html.count(rows))
                    .append(' ')
                    .append(name);
              }
            });
    if (hop.rows().released() > 0) {
      words.append(" (").append(Html.count(hop.rows().released())).append(" released)");
    }
    html.raw("</div></td><td>").text(words.toString()).raw("</td></tr>");
  }

  private static Map<String, Long> parts(RowBalance rows) {
    Map<String, Long> parts = new LinkedHashMap<>();
    parts.put("passed", rows.passed());
    parts.put("unchanged", rows.unchanged());
    parts.put("deduplicated", rows.deduplicated());
    parts.put("filtered", rows.filtered());
    parts.put("quarantined", rows.quarantined());
    parts.put("waiting", rows.waiting());
    return parts;
  }
}
