package dev.loadstar.warehouse.staging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.core.type.Extent;
import dev.loadstar.jdbc.SourceColumn;
import dev.loadstar.jdbc.TableInfo;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.TableShape.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WidthCheckTest {
  private static List<String> misfits(Kind kind, ColumnRole role, Extent room, Extent needed) {
    TableShape shape =
        new TableShape(
            "t", kind, List.of(TableColumn.of("c", Simple.TEXT, role)), List.of("c"), "f");
    SourceColumn column =
        new SourceColumn("c", Simple.TEXT, true, "narrow", "c", room, Optional.empty(), true);
    TableInfo table = new TableInfo("dw.t", List.of(column), List.of(), List.of());
    return WidthCheck.misfits("dw.t", shape, table, Map.of("c", needed));
  }

  private static List<String> fact(Extent room, Extent needed) {
    return misfits(Kind.FACT, ColumnRole.ATTRIBUTE, room, needed);
  }

  @Test
  void everySizeIsComparedForItself() {
    assertThat(fact(Extent.NONE, new Extent(2, 3, 'z', 4, 5, true, 6)))
        .containsExactly(
            "dw.t.c needs 2 characters, found narrow",
            "dw.t.c needs 3 bytes, found narrow",
            "dw.t.c needs characters beyond U+0000, found narrow",
            "dw.t.c needs 4 digits before the point, found narrow",
            "dw.t.c needs integers of 5 bits, found narrow",
            "dw.t.c needs negative numbers, found narrow",
            "dw.t.c needs 6 digits of a second, found narrow");
  }

  @Test
  void whatIsAsLargeAsTheRoomFits() {
    Extent extent = new Extent(2, 3, 'z', 4, 5, true, 6);
    assertThat(fact(extent, extent)).isEmpty();
    assertThat(fact(Extent.UNBOUNDED, extent)).isEmpty();
    assertThat(fact(Extent.NONE, Extent.NONE)).isEmpty();
  }

  @Test
  void onlyTextAttributesOfDimensionsNameTheSpecialRows() {
    Extent narrow = Extent.UNBOUNDED.withCharacters(13, Character.MAX_CODE_POINT);
    assertThat(misfits(Kind.DIMENSION, ColumnRole.ATTRIBUTE, narrow, Extent.NONE)).hasSize(1);
    assertThat(misfits(Kind.DIMENSION, ColumnRole.NATURAL_KEY, narrow, Extent.NONE)).isEmpty();
    assertThat(misfits(Kind.DIMENSION, ColumnRole.INTERNAL, narrow, Extent.NONE)).isEmpty();
    assertThat(misfits(Kind.FACT, ColumnRole.ATTRIBUTE, narrow, Extent.NONE)).isEmpty();
  }
}
