package dev.loadstar.lake.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.file.FolderFiles;
import dev.loadstar.lake.load.DataFile;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParquetRowsTest {
  private static final String PATH = "rows.parquet";
  @TempDir Path folder;
  private int trips;

  @Test
  void everyTypeComesBackAtItsEdges() {
    List<Object[]> rows = new ArrayList<>();
    List<Column> columns =
        List.of(
            new Column("text", Simple.TEXT),
            new Column("Order ID.x", Simple.BOOLEAN),
            new Column("int", Simple.INT),
            new Column("bigint", Simple.BIGINT),
            new Column("float", Simple.FLOAT),
            new Column("double", Simple.DOUBLE),
            new Column("date", Simple.DATE),
            new Column("timestamp", Simple.TIMESTAMP),
            new Column("local_timestamp", Simple.LOCAL_TIMESTAMP),
            new Column("binary", Simple.BINARY));
    rows.add(
        new Object[] {
          "\uD83D\uDEA2 \u0000é",
          true,
          Integer.MIN_VALUE,
          Long.MIN_VALUE,
          Float.MIN_VALUE,
          -0.0,
          -719162,
          -62135596800000000L,
          253402300799999999L,
          new byte[] {0, -1}
        });
    rows.add(new Object[columns.size()]);
    rows.add(
        new Object[] {
          "",
          false,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          Float.NaN,
          Double.POSITIVE_INFINITY,
          2932896,
          1L,
          -1L,
          new byte[0]
        });
    assertThat(roundTrip(columns, rows, columns)).isDeepEqualTo(rows.toArray(Object[][]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 9, -9",
    "9, 2, 9999999.99, -9999999.99",
    "10, 2, 99999999.99, -99999999.99",
    "18, 4, 99999999999999.9999, -0.0001",
    "19, 4, 999999999999999.9999, -999999999999999.9999",
    "38, 0, 99999999999999999999999999999999999999, -99999999999999999999999999999999999999",
    "38, 0, 9223372036854775807, -9223372036854775808",
    "38, 0, 9223372036854775808, -9223372036854775809",
    "38, 0, 36028797018963968, -36028797018963969",
    "38, 10, 9999999999999999999999999999.9999999999, -0.0000000001"
  })
  void decimalsComeBackAtTheirEdges(int precision, int scale, BigDecimal most, BigDecimal least) {
    List<Column> columns = List.of(new Column("amount", new Decimal(precision, scale)));
    BigDecimal zero = BigDecimal.ZERO.setScale(scale);
    assertThat(
            roundTrip(
                columns,
                List.of(new Object[] {most}, new Object[] {least}, new Object[] {BigDecimal.ZERO}),
                columns))
        .isDeepEqualTo(new Object[][] {{most}, {least}, {zero}});
  }

  @Test
  void aDecimalThatDoesNotFitIsRefusedWithoutShowingIt() {
    List<Column> columns = List.of(new Column("amount", new Decimal(5, 2)));
    for (String wrong : List.of("1234.5", "1.234")) {
      assertThatThrownBy(
              () ->
                  roundTrip(
                      columns, List.<Object[]>of(new Object[] {new BigDecimal(wrong)}), columns))
          .isInstanceOf(LoadException.class)
          .hasMessageContaining("amount")
          .hasMessageNotContaining(wrong);
    }
    Object[][] trimmed =
        roundTrip(columns, List.<Object[]>of(new Object[] {new BigDecimal("1.2000")}), columns);
    assertThat(trimmed).isDeepEqualTo(new Object[][] {{new BigDecimal("1.20")}});
  }

  @Test
  void columnsAreFoundByNameWidenedAndNullWhereTheFileLacksThem() {
    List<Column> stored =
        List.of(
            new Column("a", Simple.INT),
            new Column("b", new Decimal(9, 2)),
            new Column("c", Simple.FLOAT),
            new Column("d", Simple.INT));
    List<Column> wanted =
        List.of(
            new Column("d", new Decimal(12, 1)),
            new Column("missing", Simple.TEXT),
            new Column("b", new Decimal(20, 4)),
            new Column("a", Simple.BIGINT),
            new Column("c", Simple.DOUBLE));
    List<Object[]> rows = new ArrayList<>();
    rows.add(new Object[] {7, new BigDecimal("1.25"), 0.5f, -3});
    assertThat(roundTrip(stored, rows, wanted))
        .isDeepEqualTo(
            new Object[][] {{new BigDecimal("-3.0"), null, new BigDecimal("1.2500"), 7L, 0.5}});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bigint|int",
        "text|bigint",
        "double|float",
        "decimal(9,2)|decimal(9,1)",
        "decimal(9,2)|decimal(9,3)",
        "bigint|decimal(18,0)",
        "local_timestamp|timestamp",
        "timestamp|local_timestamp",
        "date|int",
        "binary|text"
      })
  void aTypeThatCouldLoseOrInventSomethingIsRefused(String stored, String wanted) {
    assertThatThrownBy(
            () ->
                roundTrip(
                    List.of(column("a", stored)),
                    List.<Object[]>of(new Object[] {null}),
                    List.of(column("a", wanted))))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_MISMATCH));
  }

  @Test
  void aForeignFilesColumnsAreDescribed() {
    List<Column> columns =
        List.of(
            new Column("a", Simple.LOCAL_TIMESTAMP),
            new Column("b", new Decimal(30, 5)),
            new Column("c", Simple.DATE));
    roundTrip(columns, List.of(), columns);
    FolderFiles files = new FolderFiles(folder);
    assertThat(ParquetRows.columns(PATH, files.newInput("0" + PATH))).isEqualTo(columns);
  }

  @Test
  void valuesOfADictionaryAndThoseBeyondItReadAlike() {
    List<Column> columns =
        List.of(new Column("few", Simple.TEXT), new Column("many", new Decimal(18, 2)));
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 300_000; i++) {
      rows.add(new Object[] {"value " + i % 3, BigDecimal.valueOf(i * 7919L, 2)});
    }
    assertThat(roundTrip(columns, rows, columns)).isDeepEqualTo(rows.toArray(Object[][]::new));
  }

  @Test
  void aFileThatIsNoParquetIsNamed() {
    FolderFiles files = new FolderFiles(folder);
    files.write(PATH, new byte[100]);
    assertThatThrownBy(() -> ParquetRows.count(PATH, files.newInput(PATH)))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining(PATH);
  }

  private static Column column(String name, String type) {
    return new Column(name, ColumnType.parse(type).orElseThrow());
  }

  private Object[][] roundTrip(List<Column> stored, List<Object[]> rows, List<Column> wanted) {
    FolderFiles files = new FolderFiles(folder);
    String path = trips++ + PATH;
    DataFile file;
    try (RowWriter writer =
        ParquetRows.write(path, files.newOutput(path), () -> files.newInput(path), stored)) {
      rows.forEach(writer::write);
      file = writer.finish();
    }
    assertThat(file.rows()).isEqualTo(rows.size());
    assertThat(ParquetRows.count(path, files.newInput(path))).isEqualTo(rows.size());
    List<Object[]> read = new ArrayList<>();
    try (RowReader reader = ParquetRows.read(path, files.newInput(path), wanted)) {
      for (Object[] row = reader.next(); row != null; row = reader.next()) {
        read.add(row.clone());
      }
    }
    return read.toArray(Object[][]::new);
  }
}
