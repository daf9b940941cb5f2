package dev.loadstar.tables.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class PackedRowsTest {
  private static final StructType SCHEMA = new StructType().add("n", "int").add("text", "string");

  @Test
  void rowsComeBackInTheirOrderHoweverLongTheyAre() {
    List<String> texts =
        List.of("a", "b".repeat(900_000), "c".repeat(300_000), "d".repeat(3_000_000), "", "e");

    List<PackedRows> packed = new ArrayList<>();
    PackedRows.pack(rows(texts), SCHEMA).forEachRemaining(packed::add);

    assertThat(packed.size()).isGreaterThan(1).isLessThan(texts.size());
    assertThat(packed.stream().mapToInt(PackedRows::rows).sum()).isEqualTo(texts.size());
    List<String> back = new ArrayList<>();
    Iterator<InternalRow> all = PackedRows.unpack(packed.iterator());
    while (all.hasNext()) {
      InternalRow row = all.next();
      assertThat(row.getInt(0)).isEqualTo(back.size());
      back.add(row.getUTF8String(1).toString());
    }
    assertThat(back).isEqualTo(texts);
  }

  @Test
  void ofNoRowsNothingIsPacked() {
    assertThat(PackedRows.pack(rows(List.of()), SCHEMA)).isExhausted();
    assertThat(PackedRows.unpack(List.<PackedRows>of().iterator())).isExhausted();
  }

  private static Iterator<InternalRow> rows(List<String> texts) {
    return IntStream.range(0, texts.size())
        .<InternalRow>mapToObj(
            i -> new GenericInternalRow(new Object[] {i, UTF8String.fromString(texts.get(i))}))
        .iterator();
  }
}
