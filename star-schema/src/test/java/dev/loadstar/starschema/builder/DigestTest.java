package dev.loadstar.starschema.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.starschema.model.DimensionModel.OnDelete;
import dev.loadstar.starschema.model.StarSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changed is decided by digests of clear values, not by what masking left of them. */
class DigestTest {
  private static final StarFixture.Entity PEOPLE =
      StarFixture.Entity.of(
          "club.people", "person_id", null, "person_id", Simple.BIGINT, "street", Simple.TEXT);

  private static final StarFixture.Entity PLACES =
      StarFixture.Entity.of(
          "club.places",
          "place_id",
          null,
          "place_id",
          Simple.BIGINT,
          "city",
          Simple.TEXT,
          "country",
          Simple.TEXT,
          "district",
          Simple.TEXT);
  private static final StarFixture.Entity WIDE =
      StarFixture.Entity.of(
          "club.people",
          "person_id",
          null,
          "person_id",
          Simple.BIGINT,
          "street",
          Simple.TEXT,
          "town",
          Simple.TEXT);

  @TempDir Path folder;
  private StarFixture star;

  @BeforeEach
  void open() {
    DimensionModel person =
        new DimensionModel(
            "person",
            PEOPLE.name(),
            List.of("person_id"),
            Optional.empty(),
            List.of(),
            List.of("street"),
            Map.of(),
            Optional.empty(),
            OnDelete.MARK,
            List.of());
    star = new StarFixture(folder, new StarSchema(List.of(person), List.of(), List.of()));
  }

  private void night(int day, String changeKey, String masked, Long digest) {
    List<Row> rows = List.of(RowFactory.create(1L, masked, digest));
    star.load(PEOPLE, day, changeKey, List.of("street"), rows);
    star.build(day);
  }

  private static DimensionModel renamed(String sql) {
    return computed("person", PEOPLE, "street", sql);
  }

  private static DimensionModel computed(String sql) {
    return computed("place", PLACES, "city", sql);
  }

  private static DimensionModel computed(
      String name, StarFixture.Entity from, String attribute, String sql) {
    return new DimensionModel(
        name,
        from.name(),
        List.of(name + "_id"),
        Optional.empty(),
        List.of(),
        List.of(attribute),
        Map.of(attribute, sql),
        Optional.empty(),
        OnDelete.MARK,
        List.of());
  }

  private void places(String sql) {
    star = new StarFixture(folder, new StarSchema(List.of(computed(sql)), List.of(), List.of()));
  }

  /** A place whose city and country are digested, its district not. */
  private void place(int day, String city, Long d, String country, Long e, String district) {
    List<Row> rows = List.of(RowFactory.create(1L, city, country, district, d, e));
    star.load(PLACES, day, "k", List.of("city", "country"), rows);
    star.build(day);
  }

  private List<String> cities() {
    return star.rows("dim_place", "place_key > 0", "version", "city", "date(valid_from)");
  }

  @Test
  void aComputedAttributeChangesWithEveryColumnThatItReads() {
    places("concat(city, ' ', country, ' ', coalesce(district, '-'))");
    place(1, "Rome", 11L, "IT", 21L, null);
    place(2, "Rome", 11L, "US", 22L, null);
    place(3, "Rome", 11L, "US", 22L, "Oneida");
    place(4, "Rome", 11L, "US", 22L, "Oneida");
    assertThat(cities())
        .containsExactly(
            "1|Rome IT -|1900-01-01", "2|Rome US -|2026-11-03", "3|Rome US Oneida|2026-11-04");
  }

  @Test
  void aComputedAttributeChangesWithWhatItsInputsHide() {
    places("concat(city, ' ', country)");
    place(1, "***", 11L, "IT", 21L, null);
    place(2, "***", 12L, "IT", 21L, null);
    assertThat(cities()).containsExactly("1|*** IT|1900-01-01", "2|*** IT|2026-11-03");
  }

  @Test
  void anotherMaskOfAnInputIsNoChange() {
    places("concat(city, ' ', country)");
    place(1, "***", 11L, "IT", 21L, null);
    place(2, "R***", 11L, "IT", 21L, null);
    assertThat(cities()).hasSize(1);
    place(3, "R***", 12L, "IT", 21L, null);
    assertThat(cities()).containsExactly("1|*** IT|1900-01-01", "2|R*** IT|2026-11-04");
  }

  @Test
  void anEditThatTheExpressionDoesNotShowIsNoChange() {
    places("upper(country)");
    place(1, "Rome", 11L, "it", 21L, null);
    place(2, "Oslo", 12L, "IT", 22L, null);
    assertThat(cities()).containsExactly("1|IT|1900-01-01");
    place(3, "Oslo", 12L, "NO", 23L, null);
    assertThat(cities()).containsExactly("1|IT|1900-01-01", "2|NO|2026-11-04");
  }

  private void type2(String... attributes) {
    DimensionModel person =
        new DimensionModel(
            "person",
            WIDE.name(),
            List.of("person_id"),
            Optional.empty(),
            List.of(),
            List.of(attributes),
            Map.of(),
            Optional.empty(),
            OnDelete.MARK,
            List.of());
    star = star.with(folder, new StarSchema(List.of(person), List.of(), List.of()));
  }

  private void wide(int day, String street, Long digest, String town, Long other) {
    star.load(
        WIDE,
        day,
        "k",
        List.of("street", "town"),
        List.of(RowFactory.create(1L, street, town, digest, other)));
    star.build(day);
  }

  @Test
  void anAttributeThatIsAddedOrDroppedMakesNoVersionOfWhatNobodyKnew() {
    type2("street");
    night(1, "k", "a", 1L);
    night(2, "k", "b", 2L);
    List<String> keys = star.rows("dim_person", "person_key > 0", "person_key", "street");
    type2("street", "town");
    star.load(
        WIDE,
        3,
        "k",
        List.of("street"),
        List.of(RowFactory.create(1L, "b", "T***", 2L))); // not digested yet
    star.build(3);
    wide(4, "b", 2L, "***", 7L);
    assertThat(star.rows("dim_person", "person_key > 0", "street", "town"))
        .as("the first that knows it fills backwards")
        .containsExactly("a|T***", "b|***");
    assertThat(star.rows("dim_person", "person_key > 0", "person_key", "street")).isEqualTo(keys);
    wide(5, "b", 2L, "***", 8L);
    assertThat(versions()).hasSize(3);
    type2("street");
    star.build(5);
    assertThat(versions()).containsExactly("1|a|1900-01-01", "2|b|2026-11-03");
    assertThat(star.rows("dim_person", "person_key > 0", "person_key", "street")).isEqualTo(keys);
  }

  @Test
  void digestsThatComeLaterAreNoChangeAndCountFromThenOn() {
    star.load(PEOPLE, 1, "k", List.of(), List.of(RowFactory.create(1L, "***")));
    star.build(1);
    night(2, "k", "M***", 11L);
    assertThat(versions()).containsExactly("1|M***|1900-01-01");
    night(3, "k", "M***", 12L);
    assertThat(versions()).containsExactly("1|M***|1900-01-01", "2|M***|2026-11-04");
  }

  @Test
  void aChangeOfWhatNobodyMasksIsSeenThoughOnlyOneHasADigest() {
    List<String> open = List.of("street");
    star.load(PEOPLE, 1, "k", List.of(), open, List.of(RowFactory.create(1L, "Main Street")));
    star.build(1);
    star.load(PEOPLE, 2, "k", open, open, List.of(RowFactory.create(1L, "Main Street", 11L)));
    star.build(2);
    assertThat(versions()).containsExactly("1|Main Street|1900-01-01");
    star.load(PEOPLE, 3, "k", List.of(), open, List.of(RowFactory.create(1L, "High Street")));
    star.build(3);
    star.load(PEOPLE, 4, "k", open, open, List.of(RowFactory.create(1L, "Mill Street", 12L)));
    star.build(4);
    star.load(PEOPLE, 5, "k", open, List.of(), List.of(RowFactory.create(1L, "M***", 12L)));
    star.build(5);
    assertThat(versions())
        .containsExactly(
            "1|Main Street|1900-01-01", "2|High Street|2026-11-04", "3|M***|2026-11-05");
  }

  @Test
  void aMaskedColumnThatWasRenamedIsComparedByTheDigestsOfBothNames() {
    StarFixture.Entity renamed =
        StarFixture.Entity.of(
            "club.people", "person_id", null, "person_id", Simple.BIGINT, "road", Simple.TEXT);
    star.load(
        PEOPLE,
        1,
        "k",
        List.of("street"),
        List.of(
            RowFactory.create(1L, "M***", 11L),
            RowFactory.create(2L, "M***", 11L),
            RowFactory.create(3L, null, null),
            RowFactory.create(4L, "M***", 11L)));
    star.build(1);
    StarFixture other =
        star.with(
            folder,
            new StarSchema(
                List.of(renamed("upper(coalesce(road, street, 'none'))")), List.of(), List.of()));
    other.load(
        renamed,
        2,
        "k",
        List.of("road"),
        List.of(
            RowFactory.create(1L, "M***", 11L),
            RowFactory.create(2L, "M***", 12L),
            RowFactory.create(3L, "M***", 13L),
            RowFactory.create(4L, null, null)));
    other.build(2);
    other.load(renamed, 3, "k", List.of("road"), List.of(RowFactory.create(1L, "K***", 14L)));
    other.build(3);
    assertThat(
            other.rows(
                "dim_person",
                "person_key > 0",
                "person_id",
                "version",
                "street",
                "date(valid_from)"))
        .containsExactly(
            "1|1|M***|1900-01-01",
            "1|2|K***|2026-11-04",
            "2|1|M***|1900-01-01",
            "2|2|M***|2026-11-03",
            "3|1|NONE|1900-01-01",
            "3|2|M***|2026-11-03",
            "4|1|M***|1900-01-01",
            "4|2|NONE|2026-11-03");
  }

  private List<String> versions() {
    return star.rows("dim_person", "person_key > 0", "version", "street", "date(valid_from)");
  }

  @Test
  void anEditThatLooksTheSameOnceMaskedIsAVersion() {
    night(1, "k", "***", 11L);
    night(2, "k", "***", 12L);
    assertThat(versions()).containsExactly("1|***|1900-01-01", "2|***|2026-11-03");
  }

  @Test
  void anotherMaskOfTheSameValueIsNone() {
    night(1, "k", "***", 11L);
    night(2, "k", "M*** Street", 11L);
    assertThat(versions()).containsExactly("1|***|1900-01-01");
    night(3, "k", "M*** Street", 12L);
    assertThat(versions()).containsExactly("1|***|1900-01-01", "2|M*** Street|2026-11-04");
  }

  @Test
  void aValueThatAppearsBehindAMaskThatShowsNothingIsAVersion() {
    night(1, "k", null, null);
    night(2, "k", null, 11L);
    assertThat(versions()).containsExactly("1|-|1900-01-01", "2|-|2026-11-03");
  }

  @Test
  void digestsOfAnotherKeyAreRefused() {
    night(1, "k", "***", 11L);
    assertThatThrownBy(() -> night(2, "other", "***", 99L))
        .isInstanceOfSatisfying(
            LoadException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID));
    assertThat(versions()).hasSize(1);
  }
}
