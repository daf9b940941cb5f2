package dev.loadstar.tables.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class TextsOfColumnsTest {
  private static List<String> found(int most, String... rows) {
    List<InternalRow> given =
        Arrays.stream(rows)
            .map(row -> row.split(",", -1))
            .map(row -> Arrays.stream(row).map(TextsOfColumnsTest::text).toArray())
            .<InternalRow>map(GenericInternalRow::new)
            .toList();
    List<String> found = new ArrayList<>();
    new TextsOfColumns(List.of(0, 1, 0), most)
        .call(given.iterator())
        .forEachRemaining(row -> found.add(row.getInt(0) + " " + row.getUTF8String(1)));
    return found;
  }

  private static UTF8String text(String text) {
    return text.isEmpty() ? null : UTF8String.fromString(text);
  }

  @Test
  void columnsOfOneGroupShareTheirTexts() {
    assertThat(found(9, "a,a,b", "b,a,c", ",,", "c,d,"))
        .containsExactly("0 a", "1 a", "0 b", "0 c", "1 d");
  }

  @Test
  void noTextIsLostWhereThereAreMoreThanAreRemembered() {
    assertThat(found(1, "a,,", "b,,", "a,,", "a,,")).containsExactly("0 a", "0 b", "0 a");
  }
}
