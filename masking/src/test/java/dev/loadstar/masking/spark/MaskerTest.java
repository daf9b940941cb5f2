package dev.loadstar.masking.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.secret.Secret;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.masking.MaskingRules;
import dev.loadstar.masking.key.MaskingKeys;
import dev.loadstar.masking.vault.TokenSource;
import dev.loadstar.masking.vault.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskerTest {
  private static final EntityName PEOPLE = EntityName.parse("shop.people");
  private static final LocalDate DAY = LocalDate.parse("2026-11-20");
  private static final MaskingKeys KEYS =
      new MaskingKeys(List.of(new MaskingKeys.Key("k1", new Secret("0123456789".repeat(4)))));
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.session.timeZone", "UTC")
          .config("spark.sql.ansi.enabled", "false")
          .getOrCreate();

  private static final List<Column> COLUMNS =
      List.of(
          new Column("id", Simple.BIGINT),
          new Column("email", Simple.TEXT),
          new Column("phone", Simple.TEXT),
          new Column("born", Simple.DATE),
          new Column("card", Simple.BIGINT),
          new Column("country", Simple.TEXT),
          new Column("spent", new ColumnType.Decimal(10, 2)),
          new Column("seen_at", Simple.TIMESTAMP),
          new Column("_1st_note", Simple.TEXT));

  @TempDir Path folder;

  /** Numbers the values, which a vault must not; that makes it easy to compare. */
  private static final class CountingVault implements TokenSource {
    private static final long serialVersionUID = 1L;

    @Override
    public void prepare() {}

    @Override
    public Tokens open() {
      return new Tokens() {
        @Override
        public Map<String, String> tokens(String className, Map<String, String> clear) {
          Map<String, String> tokens = new HashMap<>();
          clear.forEach((lookup, value) -> tokens.put(lookup, "token " + value.length()));
          return tokens;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public String lookup(String className, String normalForm) {
      return className + normalForm.hashCode();
    }
  }

  private Masker masker(String policies) throws Exception {
    Files.createDirectories(folder.resolve("masking"));
    Files.writeString(
        folder.resolve("masking/classification.yaml"),
        """
        entities:
          shop.people: { id: not_personal, email: email, phone: phone, born: birth_date, card: payment_card, country: not_personal, spent: not_personal }
        patterns: { "*_at": not_personal }
        """);
    Files.writeString(folder.resolve("masking/policies.yaml"), policies);
    var problems = new dev.loadstar.core.yaml.Problems();
    MaskingRules rules =
        MaskingRules.read(
                new dev.loadstar.core.project.ProjectFolder(folder, "", problems), Set.of(PEOPLE))
            .orElseThrow(() -> new AssertionError(problems.all().toString()));
    return new Masker(rules, KEYS, Optional.of(new CountingVault()));
  }

  private static Dataset<Row> people() {
    return SPARK.sql(
        """
        SELECT * FROM VALUES
          (1L, 'a', 7L, ' Ann@x.example', '+49 30 1234', DATE'1987-06-05', 4111L, 'DE', 1.50BD, TIMESTAMP'2026-01-01 00:00:00.000001', 'n'),
          (2L, 'a', 8L, 'ann@x.example', '+49 30 1234', NULL, NULL, 'FR', 2BD, NULL, 'n'),
          (3L, 'a', 9L, NULL, '+49 30 1234', DATE'0001-01-01', 41L, NULL, NULL, NULL, 'n')
        AS t(_row, _origin, id, email, phone, born, card, country, spent, seen_at, _1st_note)
        """);
  }

  private static final String RULES =
      """
      classes: { email: hash, phone: { technique: partial, keep_last: 2 }, birth_date: { technique: generalize, to: year }, payment_card: tokenize }
      columns:
        shop.people.phone: { technique: nullify, when: country = 'DE', reason: agreed }
      """;

  @Test
  void everyColumnIsMaskedByItsRuleAndUnclassifiedOnesAreWithheld() throws Exception {
    MaskingPlan plan =
        masker(RULES).plan(PEOPLE, COLUMNS, List.of("id"), Set.of("email", "spent"), DAY);
    List<Row> rows = plan.apply(people()).orderBy("_row").collectAsList();

    assertThat(plan.withheld()).containsExactly("_1st_note");
    assertThat(plan.columns())
        .contains(
            new Column("born", Simple.DATE),
            new Column("card", Simple.TEXT),
            new Column("spent", new ColumnType.Decimal(10, 2)));
    assertThat(rows.get(0).schema().fieldNames())
        .containsExactly(
            "_row",
            "_origin",
            "id",
            "email",
            "phone",
            "born",
            "card",
            "country",
            "spent",
            "seen_at",
            "_digests");
    String hash = rows.get(0).getAs("email");
    assertThat(hash).matches("[0-9a-f]{64}").isEqualTo(rows.get(1).getAs("email"));
    assertThat(rows).extracting(r -> r.getAs("phone")).containsExactly(null, "*******34", null);
    assertThat(rows)
        .extracting(r -> String.valueOf(r.<Object>getAs("born")))
        .containsExactly("1987-01-01", "null", "0001-01-01");
    assertThat(rows).extracting(r -> r.getAs("card")).containsExactly("token 4", null, "token 2");
    assertThat(rows.get(0).<Object>getAs("spent").toString()).isEqualTo("1.50");
  }

  @Test
  void digestsSeeTheClearValueAndNullHasNone() throws Exception {
    MaskingPlan plan = masker(RULES).plan(PEOPLE, COLUMNS, List.of(), Set.of("email", "born"), DAY);
    List<Row> rows = plan.apply(people()).orderBy("_row").collectAsList();
    Row first = rows.get(0).getStruct(rows.get(0).fieldIndex("_digests"));
    Row second = rows.get(1).getStruct(rows.get(1).fieldIndex("_digests"));
    Row third = rows.get(2).getStruct(rows.get(2).fieldIndex("_digests"));

    assertThat(plan.digests())
        .as("what is asked for, and what is personal, for a later definition may ask")
        .containsExactly("email", "phone", "born", "card");
    assertThat(first.getLong(0)).isNotEqualTo(second.getLong(0)); // the blank and the capital
    assertThat(second.isNullAt(2)).isTrue();
    assertThat(third.isNullAt(0)).isTrue();
    assertThat(masker(RULES).plan(PEOPLE, COLUMNS, List.of(), Set.of(), DAY).digests()).isEmpty();
  }

  @Test
  void theKeyAndTheRulesStayOutOfThePlan() throws Exception {
    Dataset<Row> masked =
        masker(RULES).plan(PEOPLE, COLUMNS, List.of(), Set.of("email"), DAY).apply(people());

    String plan = masked.queryExecution().toString();
    String lineage = masked.javaRDD().toDebugString();
    assertThat(plan + lineage).doesNotContain("0123456789").doesNotContain("Exchange");
    assertThat(lineage).contains("MapPartitionsRDD").doesNotContain("Shuffled");
  }

  @Test
  void techniquesThatDoNotFitAColumnAreRefused() throws Exception {
    assertThatThrownBy(
            () ->
                masker("classes: { payment_card: { technique: generalize, to: year } }")
                    .plan(PEOPLE, COLUMNS, List.of(), Set.of(), DAY))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("Cannot mask shop.people.card: generalize cannot work on bigint");
    assertThatThrownBy(() -> masker("").plan(PEOPLE, COLUMNS, List.of("email"), Set.of(), DAY))
        .hasMessageContaining("it is a key column and is masked by redact");
    assertThatThrownBy(
            () ->
                masker(
                        "columns: { shop.people.phone: { technique: nullify, when: nowhere = 1,"
                            + " reason: r } }")
                    .plan(PEOPLE, COLUMNS, List.of(), Set.of(), DAY)
                    .apply(people()))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("Correct \"when\"");
  }
}
