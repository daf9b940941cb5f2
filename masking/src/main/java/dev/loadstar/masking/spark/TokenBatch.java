package dev.loadstar.masking.spark;

import dev.loadstar.masking.vault.TokenSource;
import dev.loadstar.masking.vault.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values of some rows that wait for their tokens, so that the vault is asked once for all. */
final class TokenBatch {
  private record Cell(String className, String lookup, Object[] row, int at) {}

  private final TokenSource source;
  private final List<Cell> cells = new ArrayList<>();
  private final Map<String, Map<String, String>> clearByLookup = new TreeMap<>();

  TokenBatch(TokenSource source) {
    this.source = source;
  }

  void ask(String className, String normalForm, Object[] row, int at) {
    String lookup = source.lookup(className, normalForm);
    clearByLookup.computeIfAbsent(className, c -> new HashMap<>()).put(lookup, normalForm);
    cells.add(new Cell(className, lookup, row, at));
  }

  /** Fills every waiting cell. */
  void fill(Tokens tokens) {
    Map<String, Map<String, String>> found = new HashMap<>();
    clearByLookup.forEach(
        (className, values) -> found.put(className, inParts(tokens, className, values)));
    cells.forEach(cell -> cell.row()[cell.at()] = found.get(cell.className()).get(cell.lookup()));
  }

  private static Map<String, String> inParts(
      Tokens tokens, String className, Map<String, String> values) {
    Map<String, String> found = new HashMap<>();
    Map<String, String> part = new HashMap<>();
    for (Map.Entry<String, String> value : values.entrySet()) {
      part.put(value.getKey(), value.getValue());
      if (part.size() == Tokens.MAX_VALUES) {
        found.putAll(tokens.tokens(className, part));
        part.clear();
      }
    }
    if (!part.isEmpty()) {
      found.putAll(tokens.tokens(className, part));
    }
    return found;
  }
}
