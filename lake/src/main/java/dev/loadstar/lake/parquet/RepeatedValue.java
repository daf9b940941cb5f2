package dev.loadstar.lake.parquet;

import dev.loadstar.core.row.ValueBuffer;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/**
 * A column that has one value in all rows of a row group, as one page: a dictionary of one, and
 * runs as long as the page. Parquet's writers would look the value up once per row.
 */
@SuppressWarnings("deprecation") // pages of version 1, which every reader knows, name them so
final class RepeatedValue {
  private RepeatedValue() {}

  /**
   * The first value of a buffer, which is not null; null where a type's values do not {@link
   * #fits}.
   */
  static Object of(ColumnType type, ValueBuffer values) {
    if (!(type instanceof Simple simple)) {
      return null;
    }
    return switch (simple) {
      case TEXT, BINARY ->
          Binary.fromConstantByteArray(Arrays.copyOf(values.bytes(), values.length(0)));
      case INT, DATE -> (int) values.number(0);
      case BIGINT, TIMESTAMP, LOCAL_TIMESTAMP -> values.number(0);
      case BOOLEAN, FLOAT, DOUBLE -> null;
    };
  }

  static boolean fits(Object value) {
    return value == null
        || value instanceof Binary
        || value instanceof Integer
        || value instanceof Long;
  }

  /**
   * @param value one that {@link #fits}, of the column's primitive type
   */
  static void write(PageWriter pages, ColumnDescriptor column, Object value, int rows)
      throws IOException {
    BytesInput run = BytesInput.fromUnsignedVarInt(rows << 1);
    Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
    if (value == null) {
      statistics.incrementNumNulls(rows);
      page(pages, run, 0, BytesInput.empty(), Encoding.PLAIN, statistics, rows);
      return;
    }
    byte[] dictionary = plain(value, statistics);
    BytesInput indexes = BytesInput.concat(BytesInput.from(new byte[] {0}), run); // of no bits
    page(pages, run, 1, indexes, Encoding.PLAIN_DICTIONARY, statistics, rows);
    pages.writeDictionaryPage(
        new DictionaryPage(BytesInput.from(dictionary), 1, Encoding.PLAIN_DICTIONARY));
  }

  private static void page(
      PageWriter pages,
      BytesInput run,
      int level,
      BytesInput values,
      Encoding encoding,
      Statistics<?> statistics,
      int rows)
      throws IOException {
    BytesInput levels = BytesInput.concat(run, BytesInput.from(new byte[] {(byte) level}));
    pages.writePage(
        BytesInput.concat(BytesInput.fromInt(Math.toIntExact(levels.size())), levels, values),
        rows,
        rows,
        statistics,
        Encoding.BIT_PACKED, // levels of repetition, which a flat column has not
        Encoding.RLE,
        encoding);
  }

  private static byte[] plain(Object value, Statistics<?> statistics) {
    if (value instanceof Binary bytes) {
      statistics.updateStats(bytes);
      return buffer(4 + bytes.length()).putInt(bytes.length()).put(bytes.getBytes()).array();
    }
    if (value instanceof Integer number) {
      statistics.updateStats(number);
      return buffer(4).putInt(number).array();
    }
    long number = (Long) value;
    statistics.updateStats(number);
    return buffer(8).putLong(number).array();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
