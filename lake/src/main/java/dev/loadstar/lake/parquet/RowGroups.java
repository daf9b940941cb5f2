package dev.loadstar.lake.parquet;

import static dev.loadstar.lake.parquet.ColumnSink.PROPERTIES;

import dev.loadstar.core.type.Column;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;

/**
 * A Parquet file (zstd) being written, row group after row group. Parquet's own {@code
 * ParquetWriter} takes records apart into columns; ours come as columns.
 */
final class RowGroups implements Closeable {
  private static final long BYTES = 64L << 20;
  private static final int CHECK_ROWS = 10_000;

  /** Columns that repeat one value take no room, but a page counts its rows in 32 bits. */
  private static final int MOST_ROWS = 1 << 27;

  private final MessageType schema;
  private final List<ColumnSink> sinks;
  private final CodecFactory codecs;
  private final ParquetFileWriter file;
  private ColumnChunkPageWriteStore pages;
  private long rows;
  private long nextCheck;

  RowGroups(OutputFile output, List<Column> columns, MessageType schema) throws IOException {
    this.schema = schema;
    this.sinks =
        IntStream.range(0, columns.size())
            .mapToObj(i -> new ColumnSink(columns.get(i), schema, i))
            .toList();
    this.codecs = new CodecFactory(new Configuration(false), PROPERTIES.getPageSizeThreshold());
    this.file =
        new ParquetFileWriter(
            output, schema, ParquetFileWriter.Mode.CREATE, BYTES, 0, null, PROPERTIES);
    file.start();
  }

  /** One per column; whoever gave each of them the same number of values calls {@link #added}. */
  List<ColumnSink> sinks() {
    if (pages == null) {
      BytesInputCompressor zstd = codecs.getCompressor(CompressionCodecName.ZSTD);
      pages =
          new ColumnChunkPageWriteStore(
              zstd,
              schema,
              PROPERTIES.getAllocator(),
              PROPERTIES.getColumnIndexTruncateLength(),
              PROPERTIES.getPageWriteChecksumEnabled());
      sinks.forEach(sink -> sink.into(pages));
      nextCheck = CHECK_ROWS;
    }
    return sinks;
  }

  /** Says that every column has more rows. */
  void added(int more) throws IOException {
    rows += more;
    if (rows >= nextCheck) {
      nextCheck = rows + CHECK_ROWS;
      if (rows >= MOST_ROWS || sinks.stream().mapToLong(ColumnSink::bufferedSize).sum() >= BYTES) {
        flush();
      }
    }
  }

  private void flush() throws IOException {
    file.startBlock(rows);
    for (ColumnSink sink : sinks) {
      sink.flush();
    }
    pages.flushToFileWriter(file);
    file.endBlock();
    release();
    rows = 0;
  }

  private void release() {
    if (pages != null) {
      sinks.forEach(ColumnSink::release);
      pages.close();
      pages = null;
    }
  }

  /** Writes what is left, and the footer. */
  void finish() throws IOException {
    try {
      if (rows > 0) {
        flush();
      }
      file.end(Map.of());
    } finally {
      close();
    }
  }

  /** Ends a file without a footer, unless it is finished. */
  @Override
  public void close() throws IOException {
    try {
      release();
      codecs.release();
    } finally {
      file.close();
    }
  }
}
