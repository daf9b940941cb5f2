package dev.loadstar.ingestion;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.lake.load.RecordFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What changed in an entity's columns since its latest load. */
final class Drift {
  private Drift() {}

  static List<String> between(
      Optional<RawLoad> previous, RecordFormat format, List<Column> columns) {
    if (previous.isEmpty() || previous.get().columns().isEmpty() || columns.isEmpty()) {
      return List.of();
    }
    if (previous.get().format() != format) {
      return List.of(
          "drift: records came as %s and now come as %s"
              .formatted(word(previous.get().format()), word(format)));
    }
    Map<String, ColumnType> before = types(previous.get().columns());
    Map<String, ColumnType> now = types(columns);
    List<String> findings = new ArrayList<>();
    now.forEach(
        (name, type) -> {
          ColumnType known = before.get(name);
          if (known == null) {
            findings.add("drift: column %s (%s) is new".formatted(name, type.text()));
          } else if (!known.equals(type)) {
            findings.add(
                "drift: column %s changed from %s to %s"
                    .formatted(name, known.text(), type.text()));
          }
        });
    before.keySet().stream()
        .filter(name -> !now.containsKey(name))
        .forEach(name -> findings.add("drift: column %s is gone".formatted(name)));
    return findings;
  }

  private static Map<String, ColumnType> types(List<Column> columns) {
    return columns.stream()
        .collect(
            Collectors.toMap(
                Column::name, Column::type, (first, again) -> first, LinkedHashMap::new));
  }

  private static String word(RecordFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }
}
