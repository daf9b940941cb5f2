package dev.loadstar.tables.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.tables.KeyOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files are sorted by Spark and merged by us, so both must mean the same order. */
class KeyOrderTest {
  /** A type with values in the order that is right, every two of them different keys. */
  private static List<Object> inOrder(String type) {
    return new ArrayList<>(
        switch (type) {
          case "text" ->
              java.util.Arrays.asList(
                  null,
                  "",
                  "\u0000",
                  " ",
                  "A",
                  "AB",
                  "ABC",
                  "AC",
                  "B",
                  "a",
                  "aa",
                  "z",
                  "\u007f",
                  "\u0080",
                  "é",
                  "é1",
                  "\u07ff",
                  "\u0800",
                  "\ud7ff",
                  "\ue000",
                  "\ufffd",
                  "\uffff",
                  "\uffff1",
                  "\uD800\uDC00",
                  "\uD83D\uDE00",
                  "\uD83D\uDE00a",
                  "\uD83D\uDE01",
                  "\uDBFF\uDFFF");
          case "double" ->
              java.util.Arrays.asList(
                  null,
                  Double.NEGATIVE_INFINITY,
                  -Double.MAX_VALUE,
                  -1.0,
                  -Double.MIN_VALUE,
                  -0.0,
                  Double.MIN_VALUE,
                  0.1,
                  1.0,
                  Double.MAX_VALUE,
                  Double.POSITIVE_INFINITY,
                  Double.NaN);
          case "float" ->
              java.util.Arrays.asList(
                  null,
                  Float.NEGATIVE_INFINITY,
                  -1f,
                  -Float.MIN_VALUE,
                  0f,
                  Float.MIN_VALUE,
                  1f,
                  Float.POSITIVE_INFINITY,
                  Float.NaN);
          case "binary" ->
              java.util.Arrays.asList(
                  null,
                  new byte[0],
                  new byte[] {0},
                  new byte[] {0, 0},
                  new byte[] {0, 1},
                  new byte[] {1},
                  new byte[] {127},
                  new byte[] {-128},
                  new byte[] {-1},
                  new byte[] {-1, -1, -1, -1, -1, -1, -1, -1},
                  new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, 0});
          case "decimal(9,2)" -> decimals("-9999999.99", "-0.01", "0.00", "0.10", "1.00", "10.00");
          case "decimal(38,4)" ->
              decimals(
                  "-1234567890123456789012345678901234.5678",
                  "-1.0000",
                  "0.0000",
                  "0.0001",
                  "9223372036854775807.0000",
                  "9223372036854775808.0000",
                  "1234567890123456789012345678901234.5678");
          case "boolean" -> java.util.Arrays.asList(null, false, true);
          case "int" -> java.util.Arrays.asList(null, Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE);
          case "bigint" -> java.util.Arrays.asList(null, Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE);
          default -> throw new IllegalArgumentException(type);
        });
  }

  private static List<Object> decimals(String... values) {
    List<Object> decimals = new ArrayList<>();
    decimals.add(null);
    for (String value : values) {
      decimals.add(new BigDecimal(value));
    }
    return decimals;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text",
        "double",
        "float",
        "binary",
        "decimal(9,2)",
        "decimal(38,4)",
        "boolean",
        "int",
        "bigint"
      })
  void oursIsSparks(String type) {
    List<Object> values = inOrder(type);
    List<Column> columns = List.of(column("key", type), column("place", "int"));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      rows.add(RowFactory.create(values.get(i), i));
    }
    Collections.shuffle(rows, new Random(1));
    Dataset<Row> data =
        TablesSpark.shared().createDataFrame(rows, SparkTypes.schema(columns)).coalesce(1);
    PlainRows plain = new PlainRows(columns);
    List<Object[]> sorted =
        SparkRows.of(data.sortWithinPartitions("key")).map(plain::read).collect();
    assertThat(sorted).extracting(row -> row[1]).isSorted().hasSize(values.size());

    KeyOrder order = new KeyOrder(columns, List.of("key"));
    for (int i = 0; i < sorted.size(); i++) {
      for (int j = 0; j < sorted.size(); j++) {
        assertThat(Integer.signum(order.compare(sorted.get(i), sorted.get(j))))
            .as("%s: %d and %d", type, i, j)
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @Test
  void bothZerosAreOneKeyAndSoAreAllNaNs() {
    List<Column> columns = List.of(column("key", "double"), column("then", "int"));
    KeyOrder order = new KeyOrder(columns, List.of("key", "then"));
    double otherNaN = Double.longBitsToDouble(0x7ff8000000000001L);
    List<Row> rows =
        List.of(
            RowFactory.create(0.0, 3),
            RowFactory.create(-0.0, 4),
            RowFactory.create(0.0, 1),
            RowFactory.create(-0.0, 2),
            RowFactory.create(Double.NaN, 6),
            RowFactory.create(otherNaN, 5));
    List<Object[]> sorted =
        SparkRows.of(
                TablesSpark.shared()
                    .createDataFrame(rows, SparkTypes.schema(columns))
                    .coalesce(1)
                    .sortWithinPartitions("key", "then"))
            .map(new PlainRows(columns)::read)
            .collect();
    assertThat(sorted).extracting(row -> row[1]).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(sorted).isSortedAccordingTo(order);
    KeyOrder alone = new KeyOrder(columns, List.of("key"));
    assertThat(alone.compare(sorted.get(0), sorted.get(3))).isZero();
    assertThat(alone.compare(sorted.get(4), sorted.get(5))).isZero();
  }

  private static Column column(String name, String type) {
    return new Column(name, ColumnType.parse(type).orElseThrow());
  }
}
