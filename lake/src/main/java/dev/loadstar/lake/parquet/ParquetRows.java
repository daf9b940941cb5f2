package dev.loadstar.lake.parquet;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.load.DataFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Rows in and out of Parquet files, wherever they are. Thread safe. */
public final class ParquetRows {
  /** The library's defaults; Hadoop's own would be parsed from XML for each file. */
  static final ParquetConfiguration SETTINGS =
      new HadoopParquetConfiguration(new Configuration(false));

  private static final ParquetReadOptions OPTIONS = ParquetReadOptions.builder(SETTINGS).build();

  private ParquetRows() {}

  /**
   * @param path what the file shall be called in its {@link DataFile}
   * @param written opens the finished file, for its length
   */
  public static RowWriter write(
      String path,
      OutputFile output,
      java.util.function.Supplier<InputFile> written,
      List<Column> columns) {
    return write(path, output, written, columns, ParquetSchema.of(columns));
  }

  /**
   * The same with the last columns as the fields of a struct.
   *
   * @param fields how many they are, at least one
   */
  public static RowWriter write(
      String path,
      OutputFile output,
      java.util.function.Supplier<InputFile> written,
      List<Column> columns,
      String struct,
      int fields) {
    return write(path, output, written, columns, ParquetSchema.of(columns, struct, fields));
  }

  private static RowWriter write(
      String path,
      OutputFile output,
      java.util.function.Supplier<InputFile> written,
      List<Column> columns,
      MessageType schema) {
    try {
      return new FileRowWriter(path, new RowGroups(output, columns, schema), written);
    } catch (IOException e) {
      throw failed("write", path, e);
    }
  }

  /**
   * @param path what to call the file in messages
   * @param columns by name, with the types that the caller wants; null where the file lacks one
   * @throws LoadException {@code SCHEMA_MISMATCH} when a column's stored type cannot be widened to
   *     the wanted one; also from {@link RowReader#next()}
   */
  public static RowReader read(String path, InputFile input, List<Column> columns) {
    try {
      return new FileRowReader(path, new Reading(path, input, columns).build());
    } catch (IOException | RuntimeException e) {
      throw failed("read", path, e);
    }
  }

  /**
   * Like {@link #read(String, InputFile, List)}, but passes over pages that the file's index shows
   * to hold nothing that the filter wants.
   */
  public static RowReader read(
      String path, InputFile input, List<Column> columns, RowFilter filter) {
    if (columns.stream().noneMatch(filter.column()::equals)) {
      throw new IllegalArgumentException("a filter's column must be read");
    }
    try {
      Reading reading = new Reading(path, input, columns);
      PageFilter.of(filter, schema(input)).map(FilterCompat::get).ifPresent(reading::withFilter);
      return new FileRowReader(path, reading.build());
    } catch (IOException | RuntimeException e) {
      throw failed("read", path, e);
    }
  }

  static ValueDecoder decoder(String path, Type field, Column column) {
    return ValueDecoder.find(field, column.type())
        .orElseThrow(() -> mismatch(path, column.name(), column.type().text()));
  }

  private static MessageType schema(InputFile input) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(input, OPTIONS)) {
      return reader.getFileMetaData().getSchema();
    }
  }

  /**
   * The least value of every page of a column, in the file's order, as far as its index tells them.
   *
   * @return empty where the file's column is of another type or there is no index
   */
  public static List<Object> pageStarts(String path, InputFile input, Column column) {
    List<Object> starts = new ArrayList<>();
    try (ParquetFileReader reader = ParquetFileReader.open(input, OPTIONS)) {
      Optional<ColumnType> stored =
          reader.getFileMetaData().getSchema().containsField(column.name())
              ? ParquetSchema.typeOf(reader.getFileMetaData().getSchema().getType(column.name()))
              : Optional.empty();
      if (!PageFilter.knows(column.type()) || stored.filter(column.type()::equals).isEmpty()) {
        return List.of();
      }
      for (BlockMetaData block : reader.getFooter().getBlocks()) {
        for (ColumnChunkMetaData chunk : block.getColumns()) {
          if (chunk.getPath().toDotString().equals(column.name())) {
            ColumnIndex index = reader.readColumnIndex(chunk);
            if (index == null) {
              return List.of();
            }
            for (int page = 0; page < index.getMinValues().size(); page++) {
              if (!index.getNullPages().get(page)) {
                starts.add(value(index.getMinValues().get(page), column.type()));
              }
            }
          }
        }
      }
      return starts;
    } catch (IOException | RuntimeException e) {
      throw failed("read", path, e);
    }
  }

  private static Object value(ByteBuffer stored, ColumnType type) {
    ByteBuffer bytes = stored.slice().order(ByteOrder.LITTLE_ENDIAN);
    return switch ((Simple) type) {
      case INT, DATE -> bytes.getInt();
      case BIGINT, TIMESTAMP, LOCAL_TIMESTAMP -> bytes.getLong();
      default -> StandardCharsets.UTF_8.decode(bytes).toString(); // cut within a character at worst
    };
  }

  /** Rows as the footer says. */
  public static long count(String path, InputFile input) {
    try (ParquetFileReader reader = ParquetFileReader.open(input, OPTIONS)) {
      return reader.getRecordCount();
    } catch (IOException | RuntimeException e) {
      throw failed("read", path, e);
    }
  }

  /**
   * The columns of a file of unknown make.
   *
   * @throws LoadException {@code SCHEMA_MISMATCH} when one is nested or of a type that Loadstar
   *     does not know
   */
  public static List<Column> columns(String path, InputFile input) {
    try (ParquetFileReader reader = ParquetFileReader.open(input, OPTIONS)) {
      return reader.getFileMetaData().getSchema().getFields().stream()
          .map(
              field ->
                  ParquetSchema.typeOf(field)
                      .map(type -> new Column(field.getName(), type))
                      .orElseThrow(() -> mismatch(path, field.getName(), "a flat column")))
          .toList();
    } catch (IOException | RuntimeException e) {
      throw failed("read", path, e);
    }
  }

  private static LoadException mismatch(String path, String column, String wanted) {
    return new LoadException(
        ErrorCode.SCHEMA_MISMATCH,
        "Cannot read column %s of %s: its stored type differs, expected %s. Correct the declared type."
            .formatted(column, path, wanted));
  }

  static LoadException failed(String verb, String path, Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof LoadException ours) {
        return ours;
      }
    }
    if (e instanceof RuntimeException && verb.equals("read")) {
      return new LoadException(
          ErrorCode.SOURCE_DATA_UNREADABLE,
          "Cannot read %s: it is damaged or no Parquet, expected a sound Parquet file. Restore it."
              .formatted(path),
          e);
    }
    if (e instanceof RuntimeException) {
      return new LoadException(
          ErrorCode.INTERNAL,
          "Cannot write %s: found a row that does not fit its columns, expected one that does. Please report this."
              .formatted(path),
          e);
    }
    ErrorCode code =
        e instanceof AccessDeniedException
            ? ErrorCode.CREDENTIALS_REFUSED
            : e instanceof FileNotFoundException || e instanceof NoSuchFileException
                ? ErrorCode.NOT_FOUND
                : ErrorCode.UNREACHABLE;
    return new LoadException(
        code,
        "Cannot %s %s: the storage failed (%s), expected it to answer. Check that it is there, rights and free space, and run again."
            .formatted(verb, path, e.getClass().getSimpleName()),
        e);
  }

  private static final class Reading extends ParquetReader.Builder<Object[]> {
    private final String path;
    private final List<Column> columns;

    Reading(String path, InputFile input, List<Column> columns) {
      super(input, SETTINGS);
      this.path = path;
      this.columns = columns;
    }

    @Override
    protected ReadSupport<Object[]> getReadSupport() {
      return new RowReadSupport(
          columns.stream().map(Column::name).toList(),
          (position, field) -> {
            Column column = columns.get(position);
            return decoder(path, field, column);
          });
    }
  }
}
