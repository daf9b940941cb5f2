package dev.loadstar.demo.command;

import dev.loadstar.app.console.Console;
import dev.loadstar.app.report.RunReport;
import dev.loadstar.app.step.StepNote;
import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.quality.QualityResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells what the demo did: tables for a person, or one JSON object. */
final class DemoSummary {
  private static final List<String> BALANCE =
      List.of(
          "read",
          "released",
          "passed",
          "unchanged",
          "deduplicated",
          "filtered",
          "quarantined",
          "waiting");

  private final DemoResult result;
  private final DemoServers servers;
  private final double seconds;
  private final boolean stays;

  /**
   * @param stays whether the servers outlive the summary
   */
  DemoSummary(DemoResult result, DemoServers servers, double seconds, boolean stays) {
    this.result = result;
    this.servers = servers;
    this.seconds = seconds;
    this.stays = stays;
  }

  void print(Console console) {
    if (console.json()) {
      console.object(object());
    } else {
      tables(console);
    }
  }

  private void tables(Console console) {
    console.line("");
    console.line("Seconds per step");
    List<List<String>> nights = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("night"));
    result.last().steps().forEach(step -> head.add(step.step()));
    head.add("all");
    for (RunReport night : result.nights()) {
      List<String> row = new ArrayList<>(List.of(night.businessDate()));
      night.steps().forEach(step -> row.add(oneDigit(step.seconds())));
      row.add(oneDigit(night.seconds()));
      nights.add(row);
    }
    console.table(head, nights);
    console.line("");
    console.line("Balance of each hop, all nights: read + released = the rest");
    List<String> columns = new ArrayList<>(List.of("step", "subject"));
    columns.addAll(BALANCE);
    console.table(columns, balance());
    console.line("");
    console.line("Rows in the warehouse, the special rows of unknown members included");
    console.table(
        List.of("table", "rows"),
        result.tables().entrySet().stream()
            .map(e -> List.of(e.getKey(), Long.toString(e.getValue())))
            .toList());
    console.line("");
    findings(console);
    console.line("");
    console.line("Report      " + result.report());
    if (stays) {
      console.line("Terminal    " + servers.warehouse().shell());
      console.line(
          "BI tool     %s, user %s, password %s"
              .formatted(
                  servers.warehouse().readerUrl(), DemoWarehouse.READER, DemoWarehouse.READER));
    } else {
      console.line("Connect     run again with --keep-running, then: " + kept());
    }
    console.line(String.format(Locale.ROOT, "Done in %.1f s.", seconds));
  }

  /** The port differs then, so only the way is told. */
  private String kept() {
    return servers
        .warehouse()
        .shell()
        .replaceAll("-p \\d+", "-p " + DemoOptions.Engine.postgresql.usualPort)
        .replaceAll("-P \\d+", "-P " + DemoOptions.Engine.mysql.usualPort);
  }

  private List<List<String>> balance() {
    Map<List<String>, RowBalance> sums = new LinkedHashMap<>();
    for (RunReport night : result.nights()) {
      for (HopBalance hop : night.balance()) {
        sums.merge(List.of(hop.step(), hop.subject()), hop.rows(), RowBalance::plus);
      }
    }
    List<List<String>> rows = new ArrayList<>();
    sums.forEach(
        (hop, sum) -> {
          List<String> row = new ArrayList<>(hop);
          numbers(sum).values().forEach(n -> row.add(n.toString()));
          rows.add(row);
        });
    return rows;
  }

  private void findings(Console console) {
    List<String> lines = new ArrayList<>();
    for (RunReport night : result.nights()) {
      for (StepNote step : night.steps()) {
        step.findings().forEach(f -> lines.add("  %s  %s".formatted(night.businessDate(), f)));
      }
      night.quality().stream()
          .filter(q -> !q.passed())
          .forEach(
              q ->
                  lines.add(
                      "  %s  %s %s: expected %s, found %s"
                          .formatted(
                              night.businessDate(),
                              q.subject(),
                              q.rule(),
                              q.expected(),
                              q.found())));
    }
    long checks = result.last().quality().size();
    console.line(
        lines.isEmpty()
            ? "No findings; %d checks passed in the last night.".formatted(checks)
            : "Findings");
    lines.forEach(console::line);
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    List<Object> steps = new ArrayList<>();
    List<Object> balance = new ArrayList<>();
    List<Object> quality = new ArrayList<>();
    for (RunReport night : result.nights()) {
      String date = night.businessDate();
      for (StepNote step : night.steps()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("business_date", date);
        one.put("step", step.step());
        one.put("outcome", step.outcome());
        one.put("seconds", step.seconds());
        one.put("summary", step.summary());
        one.put("findings", step.findings());
        steps.add(one);
      }
      for (HopBalance hop : night.balance()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("business_date", date);
        one.put("step", hop.step());
        one.put("subject", hop.subject());
        one.putAll(numbers(hop.rows()));
        balance.add(one);
      }
      night.quality().forEach(check -> quality.add(quality(date, check)));
    }
    object.put("steps", steps);
    object.put("balance", balance);
    object.put("quality", quality);
    Map<String, Object> warehouse = new LinkedHashMap<>();
    warehouse.put("url", servers.warehouse().readerUrl());
    warehouse.put("user", DemoWarehouse.READER);
    warehouse.put("password", DemoWarehouse.READER);
    warehouse.put("tables", result.tables());
    object.put("warehouse", warehouse);
    object.put("report", result.report());
    object.put("seconds", seconds);
    return object;
  }

  private static Map<String, Object> quality(String date, QualityResult check) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("business_date", date);
    one.put("subject", check.subject());
    one.put("rule", check.rule());
    one.put("severity", check.severity().name().toLowerCase(Locale.ROOT));
    one.put("passed", check.passed());
    one.put("expected", check.expected());
    one.put("found", check.found());
    return one;
  }

  private static Map<String, Long> numbers(RowBalance rows) {
    List<Long> values =
        List.of(
            rows.read(),
            rows.released(),
            rows.passed(),
            rows.unchanged(),
            rows.deduplicated(),
            rows.filtered(),
            rows.quarantined(),
            rows.waiting());
    Map<String, Long> numbers = new LinkedHashMap<>();
    for (int i = 0; i < BALANCE.size(); i++) {
      numbers.put(BALANCE.get(i), values.get(i));
    }
    return numbers;
  }

  private static String oneDigit(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
