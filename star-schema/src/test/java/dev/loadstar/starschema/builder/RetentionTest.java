package dev.loadstar.starschema.builder;

import static dev.loadstar.starschema.builder.StarFixture.SALES;
import static dev.loadstar.starschema.builder.StarFixture.noon;
import static dev.loadstar.starschema.builder.StarFixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.project.Retention;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.file.StoredFile;
import dev.loadstar.lake.load.Expirations;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.parquet.RowWriter;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.starschema.model.DimensionModel.OnDelete;
import dev.loadstar.starschema.model.FactFeedModel;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.starschema.model.FactModel.DimensionUse;
import dev.loadstar.starschema.model.FactModel.Measure;
import dev.loadstar.starschema.model.StarSchema;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.retention.LakeRetention;
import dev.loadstar.tables.retention.LetGo;
import dev.loadstar.tables.spark.LoadRows;
import dev.loadstar.tables.spark.SparkCheckpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stars of lakes whose first loads expired, beside lakes that keep everything. */
class RetentionTest {
  private static final Instant LATER = Instant.parse("2027-06-01T00:00:00Z");
  private static final Retention DAYS = new Retention(days(90), days(90), days(90));
  private static final StarFixture.Entity GOODS =
      StarFixture.Entity.of(
          "shop.goods",
          "good_id",
          "updated_at",
          "good_id",
          Simple.BIGINT,
          "name",
          Simple.TEXT,
          "colour",
          Simple.TEXT,
          "size",
          Simple.TEXT,
          "updated_at",
          Simple.TIMESTAMP);
  private static final StarSchema FIRST =
      new StarSchema(
          List.of(good(List.of(), List.of("name"))), List.of(), List.of(fact("sales", SALES)));
  private static final StarSchema MORE =
      new StarSchema(
          List.of(good(List.of("colour"), List.of("name", "size"))),
          List.of(),
          List.of(fact("sales", SALES), fact("goods", GOODS)));

  @TempDir Path folder;

  private static Optional<Duration> days(int days) {
    return Optional.of(Duration.ofDays(days));
  }

  private static DimensionModel good(List<String> type1, List<String> type2) {
    return new DimensionModel(
        "good",
        GOODS.name(),
        List.of("good_id"),
        Optional.of("updated_at"),
        type1,
        type2,
        Map.of(),
        Optional.empty(),
        OnDelete.MARK,
        List.of());
  }

  private static FactModel fact(String name, StarFixture.Entity of) {
    Map<String, ColumnType> grain = new LinkedHashMap<>();
    boolean sales = of == SALES;
    grain.put(sales ? "sale_id" : "good_id", Simple.BIGINT);
    return new FactModel(
        name,
        grain,
        sales ? "sold_at" : "updated_at",
        Map.of("good", new DimensionUse("good", "good_id")),
        List.of(new Measure(sales ? "quantity" : "pieces", Simple.INT, Optional.empty())),
        Map.of(),
        List.of(
            new FactFeedModel(
                of.name(),
                Optional.empty(),
                Map.of(),
                sales ? Map.of() : Map.of("pieces", "length(name)"),
                Optional.empty())));
  }

  private static LakeRetention pass(StarFixture star, Retention retention) {
    SparkCheckpoints writer = new SparkCheckpoints(StarFixture::spark, star.lake);
    return new LakeRetention(star.tables, retention, writer, LATER);
  }

  private static LakeRetention.Result gc(StarFixture star, boolean dryRun) {
    return pass(star, DAYS).run(OptionalLong.empty(), dryRun);
  }

  private static LetGo of(LakeRetention.Result result, String what) {
    return result.gone().stream().filter(g -> g.what().equals(what)).findFirst().orElseThrow();
  }

  private static Object[] goods(long id, String name, String colour, String size, int day) {
    return row(id, name, colour, size, noon(day));
  }

  /** Five nights; after the third and the fourth some lakes let go. */
  private StarFixture nights(String name, boolean letsGo) {
    StarFixture star = new StarFixture(folder.resolve(name), FIRST);
    star.load(GOODS, 1, goods(1, "Tea", "red", "S", 1), goods(2, "Milk", "white", "S", 1));
    star.load(SALES, 1, row(10L, 1L, noon(1), 3), row(11L, null, noon(1), null));
    star.build(1);
    star.load(GOODS, 2, goods(1, "Green tea", "green", "S", 2));
    star.load(SALES, 2, row(12L, 7L, noon(2), 1));
    star.build(2);
    star.load(GOODS, 3, goods(3, "Bread", "brown", "S", 3));
    star.load(SALES, 3);
    star.build(3);
    if (letsGo) {
      gc(star, false);
    }
    star.load(GOODS, 4, goods(2, "Whole milk", "white", "S", 4));
    star.load(SALES, 4, row(10L, 1L, noon(1), 4));
    star.build(4);
    if (letsGo) {
      gc(star, false);
    }
    star.load(
        GOODS, 5, goods(3, "Rye bread", "black", "L", 5), goods(1, "Herb tea", "green", "S", 3));
    star.build(5);
    return star;
  }

  private static Map<String, List<String>> contents(StarFixture star) {
    Map<String, List<String>> contents = new LinkedHashMap<>();
    Commit head = star.tables.head().orElseThrow();
    head.tables().values().stream()
        .sorted(Comparator.comparing(t -> t.name()))
        .forEach(
            table ->
                contents.put(
                    table.name(),
                    star.rows(table.name(), "true", table.shape().names().toArray(String[]::new))));
    return contents;
  }

  @Test
  void anAttributeAndAFactOfLaterEqualThoseOfALakeThatKeepsEverything() {
    StarFixture kept = nights("kept", false);
    StarFixture expired = nights("expired", true);
    assertThat(contents(expired)).isEqualTo(contents(kept));
    List<String> there =
        expired.lake.files().walk("processed").stream().map(StoredFile::path).toList();
    for (ProcessedLoad load : expired.lake.processed().after(GOODS.name(), 0)) {
      assertThat(there.contains(load.files().paths().get(0)))
          .as("load " + load.number())
          .isEqualTo(load.number() == 5);
    }

    StarFixture keptMore = kept.with(folder.resolve("kept"), MORE);
    StarFixture expiredMore = expired.with(folder.resolve("expired"), MORE);
    keptMore.build(6);
    expiredMore.build(6);
    Map<String, List<String>> wanted = contents(keptMore);
    Map<String, List<String>> found = contents(expiredMore);
    wanted.remove("obs_good"); // what an observation said of colours nobody shows is gone
    found.remove("obs_good");
    assertThat(found).isEqualTo(wanted);
    assertThat(
            expiredMore.rows(
                "dim_good", "good_id = 1", "version", "name", "colour", "size", "is_current"))
        .containsExactly(
            "1|Tea|green|S|false", "2|Green tea|green|S|false", "3|Herb tea|green|S|true");
    assertThat(expiredMore.rows("fact_goods", "true", "good_id", "pieces", "good_key")).hasSize(3);
  }

  @Test
  void aRebuildOfWhatIsAsItShouldBeChangesNothing() {
    for (boolean letsGo : List.of(false, true)) {
      StarFixture star = nights("untouched-" + letsGo, letsGo);
      Commit head = star.tables.head().orElseThrow();
      BuildResult again = star.rebuild(5, "dim_good", "fact_sales");
      assertThat(again.committed()).as("lets go: " + letsGo).isFalse();
      assertThat(star.tables.head()).map(Commit::number).contains(head.number());
    }
  }

  @Test
  void aRebuildOfEntitiesThatNeverBroughtARowChangesNothing() {
    StarFixture star = new StarFixture(folder.resolve("empty"), FIRST);
    star.load(GOODS, 1);
    star.load(SALES, 1);
    star.build(1);
    star.load(GOODS, 2);
    star.build(2);
    assertThat(star.rebuild(2, "dim_good", "fact_sales").committed()).isFalse();
  }

  @Test
  void nobodyGoesBackToWhereExpiredLoadsWouldBeTakenInAgain() {
    StarFixture star = nights("back", true);
    star.tables.rollBack(4, "back", LATER);
    assertThatThrownBy(() -> star.tables.rollBack(2, "back", LATER))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));

    StarFixture kept = nights("kept-curated", false);
    Retention processedOnly = new Retention(days(90), days(90), Optional.empty());
    pass(kept, processedOnly).run(OptionalLong.empty(), false);
    assertThatThrownBy(() -> kept.tables.rollBack(2, "back", LATER))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
        .hasMessageContaining("loads of shop.goods that came after it expired, up to load");
    assertThat(kept.tables.head().orElseThrow().number()).isEqualTo(5);
  }

  @Test
  void aPassTellsWhatItWouldDoAndASecondOneHasNothingToDo() {
    StarFixture star = nights("passes", false);
    List<StoredFile> before = star.lake.files().walk("");
    LakeRetention.Result told = gc(star, true);
    assertThat(star.lake.files().walk("")).containsExactlyInAnyOrderElementsOf(before);
    LakeRetention.Result done = gc(star, false);
    assertThat(done.gone()).isEqualTo(told.gone());
    assertThat(of(done, "processed").count()).isEqualTo(9);
    assertThat(of(done, "processed").files()).isPositive();
    assertThat(of(done, "curated").count()).isEqualTo(4);
    assertThat(gc(star, false).gone())
        .allSatisfy(g -> assertThat(g.count() + g.files()).as(g.what()).isZero());
  }

  @Test
  void whatTheHeadHasNotConsumedAndWhatIsShownStays() {
    StarFixture star = nights("pending", false);
    star.load(GOODS, 6, goods(4, "Jam", "red", "S", 6));
    LakeRetention.Result result = pass(star, DAYS).run(OptionalLong.of(3), false);
    assertThat(of(result, "curated").count()).isEqualTo(2);
    star.build(6);
    assertThat(star.rows("dim_good", "good_id = 4", "name")).containsExactly("Jam");
  }

  @Test
  void aLoadThatExpiredIsNamedInPlainWords() {
    StarFixture star = nights("named", true);
    List<ProcessedLoad> all = star.lake.processed().after(GOODS.name(), 0);
    assertThatThrownBy(() -> LoadRows.read(StarFixture.spark(), star.lake, all))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
        .hasMessageContaining("processed load 1 of shop.goods: its retention has ended");
  }

  @Test
  void aPassThatDiedBetweenItsCheckpointAndItsDeletionsIsFinishedByTheNext() {
    StarFixture star = nights("died", false);
    SparkCheckpoints spark = new SparkCheckpoints(StarFixture::spark, star.lake);
    Retention onlyProcessed = new Retention(Optional.empty(), days(90), Optional.empty());
    var expirations = new Expirations(star.lake.files());
    List<ProcessedLoad> loads = star.lake.processed().after(GOODS.name(), 0);
    expirations.claim(spark.write(1, loads, LATER)); // and dies
    LakeRetention.Result next = pass(star, onlyProcessed).run(OptionalLong.empty(), false);
    assertThat(of(next, "processed").count()).as("loads of sales alone").isEqualTo(4);
    assertThat(of(next, "processed").files()).isGreaterThan(5);
    assertThat(star.rebuild(5, "dim_good").committed()).isFalse();
  }

  @Test
  void attemptsThatNobodyClaimedGoOnceTheyAreOld() throws IOException {
    StarFixture star = nights("orphans", false);
    String old = Lake.rawFolder(GOODS.name(), StarFixture.DAY_1, "old") + "/part-0.parquet";
    String young = Lake.processedFolder(GOODS.name(), StarFixture.DAY_1, "new") + "/p.parquet";
    String curated = "curated/dim_good/old/part-00000.parquet";
    for (String path : List.of(old, young, curated)) {
      try (RowWriter writer = star.lake.newWriter(path, List.of(new Column("a", Simple.INT)))) {
        writer.write(row(1));
        writer.finish();
      }
    }
    Path root = folder.resolve("orphans/lake");
    for (StoredFile file : star.lake.files().walk("")) {
      FileTime time =
          FileTime.from(LATER.minus(Duration.ofDays(file.path().equals(young) ? 6 : 8)));
      Files.setLastModifiedTime(root.resolve(file.path()), time);
    }
    LakeRetention.Result result = pass(star, Retention.NONE).run(OptionalLong.empty(), false);
    assertThat(of(result, "orphaned").files()).isGreaterThanOrEqualTo(2);
    assertThat(star.lake.files().walk(""))
        .extracting(StoredFile::path)
        .contains(young)
        .doesNotContain(old, curated);
    assertThat(star.rebuild(5, "dim_good", "fact_sales").committed()).isFalse();
  }
}
