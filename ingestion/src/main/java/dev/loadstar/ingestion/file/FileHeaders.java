package dev.loadstar.ingestion.file;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.ingestion.model.FeedModel;
import dev.loadstar.lake.load.RecordFormat;
import dev.loadstar.lake.parquet.ParquetRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the files of a load have for columns, each by itself and all together. */
record FileHeaders(RecordFormat format, List<Column> columns, List<FileSplit> splits) {
  static FileHeaders read(SourceFolder folder, FeedModel feed, List<FoundFile> files) {
    Set<FileKind> kinds = new TreeSet<>();
    files.forEach(file -> kinds.add(kind(file)));
    if (kinds.contains(FileKind.PARQUET) && kinds.size() > 1) {
      throw new LoadException(
          ErrorCode.CONFIGURATION_INVALID,
          "Cannot read %s: found Parquet files among files of text, expected one of both. Give Parquet files a feed of their own."
              .formatted(feed.name()));
    }
    RecordFormat format =
        kinds.contains(FileKind.PARQUET)
            ? RecordFormat.TYPED
            : kinds.contains(FileKind.JSON_LINES) ? RecordFormat.JSON : RecordFormat.TEXT;
    Map<FoundFile, List<Column>> own = new LinkedHashMap<>();
    Map<String, ColumnType> all = new LinkedHashMap<>();
    for (FoundFile file : files) {
      List<Column> columns = columns(folder, feed, file);
      own.put(file, columns);
      for (Column column : columns) {
        all.merge(column.name(), column.type(), (a, b) -> wider(feed, file, column.name(), a, b));
      }
    }
    List<Column> union = new ArrayList<>();
    if (format != RecordFormat.JSON) {
      all.forEach((name, type) -> union.add(new Column(name, type)));
    }
    List<FileSplit> splits = new ArrayList<>();
    own.forEach(
        (file, columns) ->
            splits.add(
                new FileSplit(
                    feed.name(),
                    file,
                    kind(file),
                    feed.delimiter(),
                    format,
                    columns.stream().map(Column::name).toList(),
                    union)));
    return new FileHeaders(format, union, splits);
  }

  private static FileKind kind(FoundFile file) {
    return FileKind.of(file.name()).orElseThrow();
  }

  private static List<Column> columns(SourceFolder folder, FeedModel feed, FoundFile file) {
    try {
      return switch (kind(file)) {
        case PARQUET -> ParquetRows.columns(file.name(), folder.openParquet(file.name()));
        case JSON_LINES -> List.of();
        case CSV -> {
          try (CsvReader csv = FileCopy.csv(folder, file, feed.delimiter())) {
            yield csv.header().stream().map(name -> new Column(name, Simple.TEXT)).toList();
          }
        }
      };
    } catch (IOException e) {
      throw FileFailure.of("read", feed.name() + "'s file " + file.name(), e);
    }
  }

  /** Files of different age may differ in the width of a number, but not in its kind. */
  private static ColumnType wider(
      FeedModel feed, FoundFile file, String column, ColumnType one, ColumnType other) {
    if (one.equals(other)) {
      return one;
    }
    Set<ColumnType> both = Set.of(one, other);
    if (both.equals(Set.of(Simple.INT, Simple.BIGINT))) {
      return Simple.BIGINT;
    }
    if (both.equals(Set.of(Simple.FLOAT, Simple.DOUBLE))) {
      return Simple.DOUBLE;
    }
    throw new LoadException(
        ErrorCode.SCHEMA_MISMATCH,
        "Cannot read %s's file %s: its column %s is %s, expected %s as in the files before. Have it delivered in one type."
            .formatted(feed.name(), file.name(), column, other.text(), one.text()));
  }
}
