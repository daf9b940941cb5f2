package dev.loadstar.ingestion;

import java.util.List;
import java.util.Map;

/**
 * What copying a split brought to light.
 *
 * @param rows handed to the sink, counted by the adapter itself
 * @param fields names of JSON fields by first appearance; empty for other formats
 * @param bookmark what the next load must know
 * @param findings remarks for the report; no values of rows
 */
public record SplitResult(
    long rows, List<String> fields, Map<String, String> bookmark, List<String> findings) {
  public SplitResult {
    fields = List.copyOf(fields);
    bookmark = Map.copyOf(bookmark);
    findings = List.copyOf(findings);
  }
}
