package dev.loadstar.lake.parquet;

import dev.loadstar.core.type.Column;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
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

  private final MessageType schema;
  private final List<ColumnDescriptor> descriptors;
  private final List<ColumnSink> sinks;
  private final ParquetProperties properties = ParquetProperties.builder().build();
  private final CodecFactory codecs;
  private final ParquetFileWriter file;
  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore store;
  private long rows;
  private long nextCheck;

  RowGroups(OutputFile output, List<Column> columns) throws IOException {
    this.schema = ParquetSchema.of(columns);
    this.descriptors = schema.getColumns();
    this.sinks = columns.stream().map(ColumnSink::new).toList();
    this.codecs = new CodecFactory(new Configuration(false), properties.getPageSizeThreshold());
    this.file =
        new ParquetFileWriter(
            output, schema, ParquetFileWriter.Mode.CREATE, BYTES, 0, null, properties);
    file.start();
  }

  /** One per column; whoever gave each of them the same number of values calls {@link #added}. */
  List<ColumnSink> sinks() {
    if (store == null) {
      begin();
    }
    return sinks;
  }

  private void begin() {
    pages =
        new ColumnChunkPageWriteStore(
            codecs.getCompressor(CompressionCodecName.ZSTD),
            schema,
            properties.getAllocator(),
            properties.getColumnIndexTruncateLength(),
            properties.getPageWriteChecksumEnabled());
    store = properties.newColumnWriteStore(schema, pages, pages);
    for (int i = 0; i < sinks.size(); i++) {
      sinks.get(i).into(store.getColumnWriter(descriptors.get(i)));
    }
    nextCheck = CHECK_ROWS;
  }

  /** Says that every column has more rows. */
  void added(int more) throws IOException {
    for (int i = 0; i < more; i++) {
      store.endRecord();
    }
    rows += more;
    if (rows >= nextCheck) {
      nextCheck = rows + CHECK_ROWS;
      if (store.getBufferedSize() >= BYTES) {
        flush();
      }
    }
  }

  private void flush() throws IOException {
    file.startBlock(rows);
    store.flush();
    pages.flushToFileWriter(file);
    file.endBlock();
    release();
    rows = 0;
  }

  private void release() {
    if (store != null) {
      store.close();
      pages.close();
      store = null;
    }
  }

  /** Writes what is left, and the footer. */
  void finish() throws IOException {
    if (rows > 0) {
      flush();
    }
    file.end(Map.of());
    close();
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
