package dev.loadstar.tables.stored;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.row.RowBatch;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Warehouses remember identities made of these digests, so they must never change. */
class RowDigestTest {
  private static final List<Column> COLUMNS =
      columns(
          "text",
          "boolean",
          "int",
          "bigint",
          "float",
          "double",
          "date",
          "timestamp",
          "local_timestamp",
          "binary",
          "decimal(9,2)",
          "decimal(38,4)");
  private static final Object[] ROW = {
    "Zoë \uD83D\uDE00",
    true,
    -7,
    1L << 40,
    0.1f,
    -0.0,
    -200_000,
    -1L,
    1L,
    new byte[] {0, -1},
    new BigDecimal("12.5"),
    new BigDecimal("12345678901234567890.0001")
  };

  private static List<Column> columns(String... types) {
    List<Column> columns = new ArrayList<>();
    for (String type : types) {
      columns.add(new Column("c" + columns.size(), ColumnType.parse(type).orElseThrow()));
    }
    return columns;
  }

  private static String digest(List<Column> columns, boolean deleted, Object[]... rows) {
    RowDigest digest = new RowDigest(columns);
    RowBatch batch = new RowBatch(columns);
    for (int row = 0; row < rows.length; row++) {
      ObjectRows.put(rows[row], batch);
      digest.add(batch, row, deleted);
    }
    return digest.sum().toString();
  }

  @Test
  void digestsStayWhatTheyAre() {
    assertThat(digest(COLUMNS, false)).isEqualTo("00000000000000000000000000000000");
    assertThat(digest(COLUMNS, false, ROW)).isEqualTo("bdd67017c56885f1188ff2e893147bb4");
    assertThat(digest(COLUMNS, true, ROW)).isEqualTo("0f40ee048b6bbd195d5e753a3378344d");
    assertThat(digest(COLUMNS, false, new Object[12]))
        .isEqualTo("a10ea8b22762995abb1575409cfb7dc6");
    assertThat(digest(columns("text"), false, new Object[] {"x".repeat(5_000)}))
        .isEqualTo("09554e8e18fe2a085cd041d5a33a62ad");
  }

  @Test
  void theOrderOfRowsAndTheScaleOfAValueDoNotMatter() {
    Object[] same = ROW.clone();
    same[10] = new BigDecimal("12.50");
    assertThat(digest(COLUMNS, false, same, new Object[12]))
        .isEqualTo(digest(COLUMNS, false, new Object[12], ROW));
  }

  @Test
  void whereAValueEndsMatters() {
    List<Column> texts = columns("text", "text");
    assertThat(digest(texts, false, new Object[] {"ab", "c"}))
        .isNotEqualTo(digest(texts, false, new Object[] {"a", "bc"}));
    assertThat(digest(texts, false, new Object[] {"", null}))
        .isNotEqualTo(digest(texts, false, new Object[] {null, ""}));
    assertThat(digest(texts, false, new Object[] {"a", "b"}, new Object[] {"c", "d"}))
        .isNotEqualTo(digest(texts, false, new Object[] {"a", "d"}, new Object[] {"c", "b"}));
  }
}
