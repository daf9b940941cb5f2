package dev.loadstar.ingestion.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import dev.loadstar.ingestion.RawRowSink;
import dev.loadstar.ingestion.SplitResult;
import dev.loadstar.ingestion.json.JsonFieldNames;
import dev.loadstar.lake.load.RecordFormat;
import dev.loadstar.lake.parquet.ParquetRows;
import dev.loadstar.lake.parquet.RowReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Copies the records of one file into a sink. Thread safe. */
final class FileCopy {
  private static final int GZIP_BUFFER = 1 << 16;
  private final JsonFactory json = new JsonFactory();
  private final SourceFolder folder;

  FileCopy(SourceFolder folder) {
    this.folder = folder;
  }

  SplitResult copy(FileSplit split, RawRowSink sink) {
    JsonFieldNames fields = new JsonFieldNames();
    try {
      long[] counts =
          split.kind() == FileKind.PARQUET ? parquet(split, sink) : text(split, sink, fields);
      requireUnchanged(split);
      List<String> findings =
          counts[1] == 0
              ? List.of()
              : List.of(
                  "%d of %d records of %s are malformed"
                      .formatted(counts[1], counts[0], split.name()));
      return new SplitResult(
          counts[0], fields.names(), Map.of(split.name(), split.file().mark()), findings);
    } catch (IOException e) {
      throw FileFailure.of("read", object(split), e);
    } catch (JsonFieldNames.TooManyFieldsException e) {
      throw FileFailure.unreadable(
          "read", object(split), "its records have more than 5000 different fields", "fewer", e);
    }
  }

  private static String object(FileSplit split) {
    return split.entity() + "'s file " + split.name();
  }

  /** Rows handed over, and how many of them malformed. */
  private long[] text(FileSplit split, RawRowSink sink, JsonFieldNames fields) throws IOException {
    long rows = 0;
    long malformed = 0;
    try (RecordReader reader = reader(split, fields)) {
      int[] places = split.kind() == FileKind.CSV ? places(split) : new int[0];
      boolean wrap = split.format() == RecordFormat.JSON;
      Object[] values = new Object[wrap ? 1 : split.columns().size()];
      for (TextRecord record = reader.next(); record != null; record = reader.next()) {
        rows++;
        if (record instanceof TextRecord.Malformed bad) {
          malformed++;
          sink.row(split.name(), rows, bad.text(), null);
          continue;
        }
        if (record instanceof TextRecord.Json object) {
          values[0] = object.text();
        } else if (wrap) {
          values[0] = object(split.header(), ((TextRecord.Fields) record).values());
        } else {
          String[] texts = ((TextRecord.Fields) record).values();
          for (int i = 0; i < places.length; i++) {
            values[places[i]] = texts[i];
          }
        }
        sink.row(split.name(), rows, null, values);
      }
    }
    return new long[] {rows, malformed};
  }

  private RecordReader reader(FileSplit split, JsonFieldNames fields) throws IOException {
    if (split.kind() == FileKind.JSON_LINES) {
      InputStream in = open(folder, split.file());
      return closingOnFailure(in, () -> new JsonLinesReader(in, fields));
    }
    CsvReader csv = csv(folder, split.file(), split.delimiter());
    if (!csv.header().equals(split.header())) {
      csv.close();
      throw changed(split);
    }
    if (split.format() == RecordFormat.JSON) {
      fields.remember(split.header());
    }
    return csv;
  }

  /** Where the columns of a file stand in those of the load. */
  private static int[] places(FileSplit split) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < split.columns().size(); i++) {
      places.put(split.columns().get(i).name(), i);
    }
    return split.columns().isEmpty()
        ? new int[0]
        : split.header().stream().mapToInt(places::get).toArray();
  }

  private String object(List<String> names, String[] values) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = json.createGenerator(text)) {
      out.writeStartObject();
      for (int i = 0; i < values.length; i++) {
        out.writeStringField(names.get(i), values[i]);
      }
      out.writeEndObject();
    }
    return text.toString();
  }

  private long[] parquet(FileSplit split, RawRowSink sink) throws IOException {
    List<Column> columns = split.columns();
    long rows = 0;
    try (RowReader reader =
        ParquetRows.read(split.name(), folder.openParquet(split.name()), columns)) {
      for (Object[] row = reader.next(); row != null; row = reader.next()) {
        sink.row(split.name(), ++rows, null, row);
      }
    }
    return new long[] {rows, 0};
  }

  /** A file that is still being written would be read in part and then never again. */
  private void requireUnchanged(FileSplit split) throws IOException {
    if (!folder.look(split.name()).equals(split.file())) {
      throw changed(split);
    }
  }

  private static LoadException changed(FileSplit split) {
    return new LoadException(
        ErrorCode.UNREACHABLE,
        "Cannot read %s: it was changed meanwhile, expected a finished file. Have files put in place by renaming, and run again."
            .formatted(object(split)));
  }

  static CsvReader csv(SourceFolder folder, FoundFile file, char delimiter) throws IOException {
    InputStream in = open(folder, file);
    return closingOnFailure(in, () -> new CsvReader(in, delimiter));
  }

  private static InputStream open(SourceFolder folder, FoundFile file) throws IOException {
    InputStream raw = folder.open(file.name());
    // No bytes at all are an empty file whatever its ending, not a broken archive.
    return FileKind.isGzip(file.name()) && file.bytes() > 0
        ? closingOnFailure(raw, () -> new GZIPInputStream(raw, GZIP_BUFFER))
        : raw;
  }

  private interface Opening<T> {
    T open() throws IOException;
  }

  private static <T> T closingOnFailure(InputStream in, Opening<T> opening) throws IOException {
    try {
      return opening.open();
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
