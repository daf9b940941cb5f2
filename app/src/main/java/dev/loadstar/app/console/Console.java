package dev.loadstar.app.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Results go to stdout, everything else to stderr. Thread safe as its streams are. */
public record Console(PrintStream out, PrintStream err, boolean json, boolean terminal) {
  /** Whether stderr is a person's terminal that may show a line that changes, and colours. */
  public static boolean isTerminal(Map<String, String> environment) {
    return System.console() != null
        && !environment.containsKey("NO_COLOR")
        && !"dumb".equals(environment.get("TERM"));
  }

  public void line(String text) {
    out.println(text);
  }

  public void note(String text) {
    err.println(text);
  }

  public void object(Object value) {
    try {
      out.println(Json.MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Columns as wide as their widest cell; cells that are numbers go to the right. */
  public void table(List<String> head, List<List<String>> rows) {
    int[] widths = new int[head.size()];
    List<List<String>> all = new ArrayList<>();
    all.add(head);
    all.addAll(rows);
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = row.get(i);
        String pad = " ".repeat(widths[i] - cell.length());
        boolean right = isNumber(cell) || row == head && isColumnOfNumbers(rows, i);
        line.append(i == 0 ? "" : "  ").append(right ? pad + cell : cell + pad);
      }
      line(line.toString().stripTrailing());
    }
  }

  private static boolean isColumnOfNumbers(List<List<String>> rows, int i) {
    return !rows.isEmpty() && rows.stream().allMatch(row -> isNumber(row.get(i)));
  }

  private static boolean isNumber(String cell) {
    return !cell.isEmpty()
        && cell.chars().allMatch(c -> c >= '0' && c <= '9' || c == ',' || c == '.');
  }
}
