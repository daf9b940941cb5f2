package dev.loadstar.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.load.RecordFormat;
import dev.loadstar.tables.spark.RowsFunction;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left to Spark although the rows are few. */
class FewRowsTest {
  private static final String ASKED = "Spark was asked for";

  @TempDir Path folder;

  private RawLake raw() {
    return new RawLake(folder).key("id").column("id", Simple.INT).column("note", Simple.TEXT);
  }

  @Test
  void whatMaskingCannotDoWithoutSparkIsLeftToIt() {
    RawLake raw = raw();
    raw.load(RecordFormat.TYPED, new Object[] {1, "a"});
    assertThatThrownBy(() -> transform(raw, onlySpark())).hasMessage(ASKED);
    assertThat(
            raw.few(0)
                .standardizer(any -> RawLake.nothingDeclared(), Optional.empty(), onlySpark())
                .transform(RawLake.ORDERS))
        .singleElement()
        .satisfies(load -> assertThat(raw.rows(load)).containsExactly("1|a"));
  }

  @Test
  void rowsThatTakeTooMuchAreLeftToSpark() {
    RawLake raw = raw();
    String long24 = "x".repeat(24 << 20);
    raw.load(RecordFormat.TYPED, new Object[] {1, long24}, new Object[] {2, long24});
    transform(raw, new OpenMasking());
    raw.load(
        RecordFormat.TYPED,
        new Object[] {1, long24},
        new Object[] {2, long24},
        new Object[] {3, long24});
    assertThatThrownBy(() -> transform(raw, new OpenMasking())).hasMessage(ASKED);
  }

  @Test
  void moreRowsThanFewAreLeftToSpark() {
    RawLake raw = raw().few(1);
    raw.load(RecordFormat.TYPED, new Object[] {1, "a"}, new Object[] {2, "b"});
    assertThatThrownBy(() -> transform(raw, new OpenMasking())).hasMessage(ASKED);
  }

  private static void transform(RawLake raw, MaskingPass masking) {
    raw.standardizer(any -> RawLake.nothingDeclared(), Optional.empty(), masking)
        .transform(RawLake.ORDERS);
  }

  /** As where masking has conditions. */
  private static MaskingPass onlySpark() {
    return (entity, columns, key, digests, date) ->
        new SparkAlone(new OpenMasking().plan(entity, columns, key, digests, date));
  }

  private record SparkAlone(MaskingPass.Plan open) implements MaskingPass.Plan {
    @Override
    public List<Column> columns() {
      return open.columns();
    }

    @Override
    public List<String> withheld() {
      return open.withheld();
    }

    @Override
    public List<String> digests() {
      return open.digests();
    }

    @Override
    public List<String> unmasked() {
      return open.unmasked();
    }

    @Override
    public String changeKey() {
      return open.changeKey();
    }

    @Override
    public Dataset<Row> apply(Dataset<Row> clear) {
      return open.apply(clear);
    }

    @Override
    public Optional<RowsFunction> plain(List<Column> clear) {
      return Optional.empty();
    }
  }
}
