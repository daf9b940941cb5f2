package dev.loadstar.lake.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.row.ColumnValues;
import dev.loadstar.core.row.RowBatch;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.file.FolderFiles;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are written column by column. */
class ColumnBatchTest {
  private static final String PATH = "part.parquet";
  private static final List<Column> VALUES =
      List.of(
          new Column("text", Simple.TEXT),
          new Column("boolean", Simple.BOOLEAN),
          new Column("int", Simple.INT),
          new Column("bigint", Simple.BIGINT),
          new Column("float", Simple.FLOAT),
          new Column("double", Simple.DOUBLE),
          new Column("small", new Decimal(9, 2)),
          new Column("middle", new Decimal(18, 4)),
          new Column("large", new Decimal(38, 10)),
          new Column("date", Simple.DATE),
          new Column("timestamp", Simple.TIMESTAMP),
          new Column("binary", Simple.BINARY));

  @TempDir Path folder;

  private FolderFiles files() {
    return new FolderFiles(folder);
  }

  private RowWriter writer(List<Column> columns) {
    return ParquetRows.write(PATH, files().newOutput(PATH), () -> files().newInput(PATH), columns);
  }

  private List<List<Object>> read(List<Column> columns) {
    List<List<Object>> read = new ArrayList<>();
    try (RowReader reader = ParquetRows.read(PATH, files().newInput(PATH), columns)) {
      for (Object[] row = reader.next(); row != null; row = reader.next()) {
        read.add(new ArrayList<>(Arrays.asList(row)));
      }
    }
    return read;
  }

  private static void text(RowBatch batch, int column, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    batch.column(column).add(bytes, 0, bytes.length);
  }

  private static List<ColumnValues> columns(RowBatch batch) {
    List<ColumnValues> columns = new ArrayList<>();
    for (int i = 0; i < batch.columns().size(); i++) {
      columns.add(batch.column(i));
    }
    return columns;
  }

  @Test
  void everyTypeReadsBackAndSoDoesNothing() {
    RowBatch batch = new RowBatch(VALUES);
    byte[] large = new BigInteger("-12345678901234567890123456789").toByteArray();
    text(batch, 0, "ä€😀");
    batch.column(1).add(1);
    batch.column(2).add(Integer.MIN_VALUE);
    batch.column(3).add(Long.MAX_VALUE);
    batch.column(4).add(Float.floatToRawIntBits(-1.5f));
    batch.column(5).add(Double.doubleToRawLongBits(0.1));
    batch.column(6).add(-999_999_999);
    batch.column(7).add(123_456_789_012_345_678L);
    batch.column(8).add(large, 0, large.length);
    batch.column(9).add(-1);
    batch.column(10).add(-1);
    batch.column(11).add(new byte[] {9, 0, -1, 9}, 1, 2);
    for (int i = 0; i < VALUES.size(); i++) {
      batch.column(i).addNull();
    }
    try (RowWriter writer = writer(VALUES)) {
      writer.write(columns(batch), batch.rows());
      assertThat(writer.finish().rows()).isEqualTo(2);
    }

    List<List<Object>> rows = read(VALUES);
    assertThat(rows.get(0).subList(0, 11))
        .containsExactly(
            "ä€😀",
            true,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            -1.5f,
            0.1,
            new BigDecimal("-9999999.99"),
            new BigDecimal("12345678901234.5678"),
            new BigDecimal("-1234567890123456789.0123456789"),
            -1,
            -1L);
    assertThat((byte[]) rows.get(0).get(11)).containsExactly(0, -1);
    assertThat(rows.get(1)).containsOnlyNulls().hasSize(VALUES.size());
  }

  @Test
  void aValueThatRepeatsInAllRowsOrInSomeReadsBackBesideOthers() {
    List<Column> columns =
        List.of(
            new Column("always", Simple.TEXT),
            new Column("never", Simple.TEXT),
            new Column("changing", Simple.TEXT),
            new Column("day", Simple.DATE),
            new Column("at", Simple.TIMESTAMP),
            new Column("flag", Simple.BOOLEAN),
            new Column("row", Simple.BIGINT),
            new Column("own", Simple.INT));
    int batches = 30;
    int size = 3_000;
    try (RowWriter writer = writer(columns)) {
      for (int i = 0; i < batches; i++) {
        RowBatch own = new RowBatch(columns.subList(7, 8));
        for (int row = 0; row < size; row++) {
          own.column(0).add(row);
        }
        writer.write(
            List.of(
                new ColumnValues.Same("always the same ä"),
                new ColumnValues.Same(null),
                new ColumnValues.Same(i < 20 ? (i < 10 ? null : "b") : "c"),
                new ColumnValues.Same(20_000),
                new ColumnValues.Same(1_700_000_000_000_000L),
                new ColumnValues.Same(true),
                new ColumnValues.Numbers(1 + (long) i * size),
                own.column(0)),
            size);
      }
      writer.write(new Object[] {"other", null, "c", 1, 2L, false, 90_001L, null});
      assertThat(writer.finish().rows()).isEqualTo(batches * size + 1);
    }

    List<List<Object>> rows = read(columns);
    assertThat(rows).hasSize(batches * size + 1);
    for (int i = 0; i < batches * size; i++) {
      assertThat(rows.get(i))
          .containsExactly(
              "always the same ä",
              null,
              i < 60_000 ? (i < 30_000 ? null : "b") : "c",
              20_000,
              1_700_000_000_000_000L,
              true,
              1L + i,
              i % size);
    }
    assertThat(rows.get(batches * size))
        .containsExactly("other", null, "c", 1, 2L, false, 90_001L, null);
  }

  @Test
  void aRepeatedValueIsFoundByItsFilter() {
    List<Column> columns =
        List.of(new Column("source", Simple.TEXT), new Column("row", Simple.BIGINT));
    try (RowWriter writer = writer(columns)) {
      for (int i = 0; i < 20; i++) {
        writer.write(
            List.of(new ColumnValues.Same("shop"), new ColumnValues.Numbers(1 + i * 4_000L)),
            4_000);
      }
      writer.finish();
    }

    assertThat(read(columns)).allSatisfy(row -> assertThat(row.get(0)).isEqualTo("shop"));
    assertThat(read(columns.subList(1, 2))).hasSize(80_000);
    assertThat(ParquetRows.pageStarts(PATH, files().newInput(PATH), columns.get(1)))
        .startsWith(1L)
        .hasSizeGreaterThan(1);
  }

  @Test
  void aColumnThatStopsRepeatingItsValueReadsBack() {
    List<Column> columns =
        List.of(new Column("text", Simple.TEXT), new Column("day", Simple.DATE), VALUES.get(7));
    List<List<Object>> expected = new ArrayList<>();
    try (RowWriter writer = writer(columns)) {
      for (String value : Arrays.asList("one", "one", "ä", null, "one")) {
        RowBatch batch = new RowBatch(columns);
        for (int row = 0; row < 3; row++) {
          if (value == null) {
            batch.column(0).addNull();
            batch.column(1).addNull();
          } else {
            text(batch, 0, value);
            batch.column(1).add(value.length());
          }
          batch.column(2).add(5);
          expected.add(
              Arrays.asList(
                  value, value == null ? null : value.length(), new BigDecimal("0.0005")));
        }
        writer.write(columns(batch), 3);
      }
      writer.finish();
    }
    assertThat(read(columns)).isEqualTo(expected);
  }
}
