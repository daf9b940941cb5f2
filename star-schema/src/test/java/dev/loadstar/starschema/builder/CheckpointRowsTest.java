package dev.loadstar.starschema.builder;

import static dev.loadstar.starschema.builder.StarFixture.noon;
import static dev.loadstar.starschema.builder.StarFixture.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.project.Retention;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.load.Expirations;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.starschema.model.DimensionModel.OnDelete;
import dev.loadstar.starschema.model.FactFeedModel;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.starschema.model.FactModel.DimensionUse;
import dev.loadstar.starschema.model.FactModel.Measure;
import dev.loadstar.starschema.model.StarSchema;
import dev.loadstar.tables.retention.LakeRetention;
import dev.loadstar.tables.spark.SparkCheckpoints;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the rows of a checkpoint say where a lake that keeps everything is asked. */
class CheckpointRowsTest {
  private static final StarFixture.Entity BEFORE =
      StarFixture.Entity.of(
          "shop.goods",
          "good_id",
          "updated_at",
          "good_id",
          Simple.BIGINT,
          "name",
          Simple.TEXT,
          "updated_at",
          Simple.TIMESTAMP);
  private static final StarFixture.Entity SIZED =
      StarFixture.Entity.of(
          "shop.goods",
          "good_id",
          "updated_at",
          "good_id",
          Simple.BIGINT,
          "name",
          Simple.TEXT,
          "updated_at",
          Simple.TIMESTAMP,
          "size",
          Simple.TEXT);

  @TempDir Path folder;

  private static StarSchema star(List<String> type2, Map<String, String> columns, boolean fact) {
    DimensionModel good =
        new DimensionModel(
            "good",
            BEFORE.name(),
            List.of("good_id"),
            Optional.of("updated_at"),
            List.of(),
            type2,
            columns,
            Optional.empty(),
            OnDelete.MARK,
            List.of());
    Map<String, ColumnType> grain = new LinkedHashMap<>();
    grain.put("good_id", Simple.BIGINT);
    FactModel pieces =
        new FactModel(
            "pieces",
            grain,
            "updated_at",
            Map.of("good", new DimensionUse("good", "good_id")),
            List.of(new Measure("pieces", Simple.INT, Optional.empty())),
            Map.of(),
            List.of(
                new FactFeedModel(
                    BEFORE.name(),
                    Optional.empty(),
                    Map.of(),
                    Map.of("pieces", "length(name)"),
                    Optional.empty())));
    return new StarSchema(List.of(good), List.of(), fact ? List.of(pieces) : List.of());
  }

  private StarFixture lake(String name) {
    return new StarFixture(folder.resolve(name), star(List.of("name"), Map.of(), false));
  }

  private static void letGo(StarFixture star) {
    new LakeRetention(
            star.tables,
            new Retention(Optional.empty(), Optional.of(Duration.ofDays(90)), Optional.empty()),
            new SparkCheckpoints(StarFixture::spark, star.lake),
            Instant.parse("2027-06-01T00:00:00Z"))
        .run(OptionalLong.empty(), false);
    assertThat(new Expirations(star.lake.files()).checkpoint(BEFORE.name())).isPresent();
  }

  @Test
  void aRowDoesNotKnowAColumnThatItsOwnLoadDidNotKnow() {
    for (boolean expires : List.of(false, true)) {
      StarFixture star = lake("unknown-" + expires);
      star.load(BEFORE, 1, row(1L, "Tea", noon(1)), row(2L, "Milk", noon(1)));
      star.load(SIZED, 2, row(2L, "Milk", noon(2), "S"));
      star.build(2);
      if (expires) {
        letGo(star);
      }
      star.load(SIZED, 3, row(1L, "Tea", noon(3), "L"), row(2L, "Milk", noon(3), "M"));
      star.build(3);
      StarFixture sized =
          star.with(
              folder.resolve("unknown-" + expires), star(List.of("name", "size"), Map.of(), false));
      sized.build(4);
      assertThat(sized.rows("dim_good", "good_key > 0", "good_id", "version", "name", "size"))
          .as("expires: " + expires)
          .containsExactly("1|1|Tea|L", "2|1|Milk|S", "2|2|Milk|M");
    }
  }

  @Test
  void anExpressionOfLaterSaysNothingOfObservationsThatCannotBeReadAgain() {
    StarFixture star = lake("computed");
    star.load(BEFORE, 1, row(1L, "Tea", noon(1)));
    star.load(BEFORE, 2, row(1L, "Chai", noon(2)));
    star.build(2);
    letGo(star);
    StarFixture computed =
        star.with(
            folder.resolve("computed"),
            star(List.of("name", "shout"), Map.of("shout", "upper(name)"), false));
    computed.build(3);
    assertThat(computed.rows("dim_good", "good_key > 0", "version", "name", "shout"))
        .containsExactly("1|Tea|CHAI", "2|Chai|CHAI");
  }

  @Test
  void theRowOfTheLatestBusinessDateCountsWhateverItsChangeTime() {
    for (boolean expires : List.of(false, true)) {
      StarFixture star = lake("newest-" + expires);
      star.load(BEFORE, 3, row(1L, "Too late", noon(9)), row(2L, "Milk", noon(3)));
      star.load(BEFORE, 4, row(1L, "Tea", noon(2)));
      star.load(BEFORE, 2, row(2L, "Whole milk", noon(5)));
      star.build(4);
      if (expires) {
        letGo(star);
      }
      StarFixture more =
          star.with(folder.resolve("newest-" + expires), star(List.of("name"), Map.of(), true));
      more.build(5);
      assertThat(more.rows("fact_pieces", "true", "good_id", "pieces"))
          .as("expires: " + expires)
          .containsExactly("1|3", "2|4");
    }
  }
}
