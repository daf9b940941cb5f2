package dev.loadstar.tables.stored;

import dev.loadstar.tables.Commit;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The identity of a commit: a chain of digests of what each commit changed. Rows alone enter it, so
 * other files with the same rows have the same one.
 */
final class Identity {
  private static final int LENGTH = 32;

  private Identity() {}

  /** Of the time when it was made, for its rows were never digested. */
  static String ofFormat1(String lakeId, long number, Instant createdAt) {
    return hex(lakeId + ":" + number + ":" + createdAt);
  }

  /**
   * The parent's own when nothing changed.
   *
   * @param written digest of the rows that were written, by table
   */
  static String after(
      String lakeId,
      Optional<Commit> parent,
      Map<String, Table> tables,
      Map<String, RowDigest.Sum> written) {
    Map<String, Table> before = parent.map(Commit::tables).orElse(Map.of());
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(tables.keySet());
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      Table now = tables.get(name);
      Table old = before.get(name);
      RowDigest.Sum sum = written.getOrDefault(name, RowDigest.Sum.ZERO);
      if (now == null) {
        text.append(name).append(" gone\n");
      } else if (old == null || !columns(old).equals(columns(now))) {
        text.append(name).append(anew(old, now)).append(columns(now)).append(sum).append('\n');
      } else if (!sum.equals(RowDigest.Sum.ZERO) || beginsAnew(old, now)) {
        text.append(name).append(anew(old, now)).append(' ').append(sum).append('\n');
      }
    }
    String last = parent.map(Commit::identity).orElse(lakeId);
    return text.isEmpty() && parent.isPresent() ? last : hex(last + "\n" + text);
  }

  /** Rows that are all there are mean something else than rows that come on top. */
  private static boolean beginsAnew(Table old, Table now) {
    return !((TableState) now).sets().containsAll(((TableState) old).sets());
  }

  private static String anew(Table old, Table now) {
    return old != null && beginsAnew(old, now) ? " anew" : "";
  }

  private static List<String> columns(Table table) {
    return table.shape().columns().stream()
        .map((TableColumn column) -> column.name() + " " + column.type().text())
        .collect(Collectors.toList());
  }

  private static String hex(String text) {
    return DigestUtils.sha256Hex(text).substring(0, LENGTH);
  }
}
