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
