package dev.loadstar.demo.command;

import dev.loadstar.app.report.RunReport;
import java.util.List;
import java.util.Map;

/**
 * What the nights brought.
 *
 * @param nights their reports, in order; at least one
 * @param report the path of the last night's page, which outlives the servers
 * @param tables rows in the warehouse by {@code schema.table}
 */
record DemoResult(List<RunReport> nights, String report, Map<String, Long> tables) {
  DemoResult {
    nights = List.copyOf(nights);
  }

  RunReport last() {
    return nights.get(nights.size() - 1);
  }
}
