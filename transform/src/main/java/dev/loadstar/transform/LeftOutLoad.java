package dev.loadstar.transform;

import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.name.SnakeCase;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.load.LeftOut;
import dev.loadstar.lake.load.LoadFiles;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.load.RawLoad;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A processed load without files. Whoever reads several loads takes key and change time from the
 * newest, so this one is described as one beside it; where there is none, as it is declared.
 */
final class LeftOutLoad {
  private LeftOutLoad() {}

  /**
   * @param why empty for a load that has no rows to leave out
   * @param beside a load of the same entity whose description fits
   */
  static ProcessedLoad of(
      RawLoad raw,
      Optional<LeftOut> why,
      Optional<ProcessedLoad> beside,
      EntityDeclaration declaration,
      Instant now) {
    List<Column> columns =
        beside.map(ProcessedLoad::columns).orElseGet(() -> declared(declaration));
    List<String> key =
        beside
            .map(ProcessedLoad::key)
            .filter(names -> !names.isEmpty())
            .orElseGet(() -> key(raw, declaration));
    Optional<String> cursor =
        beside.isPresent()
            ? beside.get().cursor()
            : declaration.changeTime().filter(name -> isTimestamp(columns, name));
    long rows = raw.files().rows();
    return new ProcessedLoad(
        raw.entity(),
        raw.number(),
        raw.businessDate(),
        raw.latestDate(),
        raw.attempt(),
        LoadFiles.NONE,
        LoadFiles.NONE,
        columns,
        key,
        cursor,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        beside.map(ProcessedLoad::changeKey).orElse(""),
        why,
        new RowBalance(rows, 0, 0, 0, 0, rows, 0, 0),
        now.truncatedTo(ChronoUnit.MICROS));
  }

  private static List<Column> declared(EntityDeclaration declaration) {
    return new TreeMap<>(declaration.types())
        .entrySet().stream()
            .map(
                column ->
                    new Column(
                        column.getKey(),
                        column.getValue() == Simple.LOCAL_TIMESTAMP
                            ? Simple.TIMESTAMP
                            : column.getValue()))
            .toList();
  }

  private static List<String> key(RawLoad raw, EntityDeclaration declaration) {
    return declaration.key().isEmpty()
        ? raw.key().stream().map(SnakeCase::of).toList()
        : declaration.key();
  }

  private static boolean isTimestamp(List<Column> columns, String name) {
    return columns.contains(new Column(name, Simple.TIMESTAMP));
  }
}
