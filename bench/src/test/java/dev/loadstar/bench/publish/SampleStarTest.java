package dev.loadstar.bench.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.type.Column;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.Lakes;
import dev.loadstar.lake.parquet.RowReader;
import dev.loadstar.tables.Commit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleStarTest {
  @TempDir Path folder;

  @Test
  void factsComeInTheSecondCommitAndEveryRowIsThere() {
    SampleStar star = SampleStar.write(lake("a"), 1_000);
    assertThat(star.dimensions().tables().keySet())
        .containsExactlyInAnyOrder("dim_customer", "dim_product", "dim_location", "dim_date");
    Commit all = star.everything();
    assertThat(all.parent()).contains(1L);
    assertThat(all.tables().get("fact_sales").rows()).isEqualTo(1_000);
    assertThat(facts(star)).hasSize(1_000).doesNotHaveDuplicates();
  }

  @Test
  void theSameNumberOfRowsGivesTheSameRows() {
    SampleStar first = SampleStar.write(lake("a"), 200);
    SampleStar second = SampleStar.write(lake("b"), 200);
    assertThat(facts(first)).isEqualTo(facts(second));
  }

  private Lake lake(String name) {
    return Lakes.open(name, folder, Map.of());
  }

  private static List<String> facts(SampleStar star) {
    List<Column> columns =
        StarShapes.SALES.columns().stream().map(c -> new Column(c.name(), c.type())).toList();
    List<String> rows = new ArrayList<>();
    try (RowReader reader = star.tables().read(star.everything().table("fact_sales"), columns)) {
      for (Object[] row = reader.next(); row != null; row = reader.next()) {
        rows.add(Arrays.toString(row));
      }
    }
    return rows;
  }
}
