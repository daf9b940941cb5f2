package dev.loadstar.starschema.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.starschema.expression.EntityColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A definition against the columns that entities have. */
class DefinitionCheckTest {
  private static final String CUSTOMER =
      """
      dimensions:
        customer:
          from: shop.customers
          key: customer_id
          effective_at: updated_at
          type_1: [name, tier]
          type_2:
            - city
            - region
          columns: { region: upper(country) }
          deleted_when: closed_at IS NOT NULL
          enrich:
            shop.tiers: { by: tier_id, columns: [tier] }
      """;

  private static final String SALES =
      """
      dimensions:
        customer: { from: shop.customers, key: customer_id, type_1: [name] }
        date: { calendar: { from: 2015-01-01 } }
      facts:
        sales:
          grain: [order_id, line]
          event_time: sold_at
          dimensions: { customer: customer_id, date: sold_at }
          measures: { quantity: int, amount: "decimal(19,4)", twice: amount * 2 }
          attributes: { currency: text }
          from:
            shop.lines:
              header: { entity: shop.orders, by: order_id }
              set: { currency: EUR }
              columns: { sold_at: ordered_at, amount: quantity * price }
              cancelled_when: status = 'cancelled'
            tills.sales:
              set: { customer: unknown, currency: EUR }
      """;

  @TempDir private Path folder;
  private final Problems problems = new Problems();
  private final Map<String, EntityColumns> known = new TreeMap<>();

  @BeforeEach
  void everyEntityIsKnown() {
    known(
        "shop.customers",
        "customer_id int, name text, city text, country text, tier_id int, updated_at timestamp,"
            + " closed_at timestamp");
    known("shop.tiers", "tier_id int, tier text");
    known("shop.lines", "order_id int, line int, quantity int, price decimal(19,4), status text");
    known("shop.orders", "order_id int, customer_id int, ordered_at timestamp, status int");
    known(
        "tills.sales",
        "order_id text, line int, sold_at timestamp, quantity int, amount decimal(19,4)");
  }

  @Test
  void whatFitsIsSound() throws IOException {
    assertThat(found(CUSTOMER)).isEmpty();
    assertThat(found(SALES)).isEmpty(); // the line's own status, a text, hides its header's number
  }

  @Test
  void everyMistakeOfADimensionIsToldWithItsPlace() throws IOException {
    String yaml =
        CUSTOMER
            .replace("key: customer_id", "key: custmer_id")
            .replace("updated_at", "updatd_at")
            .replace("[name, tier]", "[nme, tier]")
            .replace("- city", "- cty")
            .replace("upper(country)", "uper(country)")
            .replace("closed_at IS NOT NULL", "country")
            .replace("by: tier_id, columns: [tier]", "by: tierid, columns: [tier]");
    known("shop.tiers", "tier_id int, level text");
    assertThat(found(yaml))
        .containsExactly(
            "4:10: unknown column \"custmer_id\" of shop.customers; did you mean \"customer_id\"?",
            "5:19: unknown column \"updatd_at\" of shop.customers; did you mean \"updated_at\"?",
            "6:14: unknown column \"nme\" of shop.customers; did you mean \"name\"?",
            "8:9: unknown column \"cty\" of shop.customers; did you mean \"city\"?",
            "10:24: unknown function \"uper\"; did you mean \"upper\"?",
            "11:19: gives text, expected true or false; compare it with something",
            "13:25: unknown column \"tierid\" of shop.customers; did you mean \"tier_id\"?",
            "13:43: unknown column \"tier\" of shop.tiers; expected one of: level, tier_id");
  }

  @Test
  void everyMistakeOfAFactIsToldWithItsPlace() throws IOException {
    String yaml =
        SALES
            .replace("amount * 2", "uper(amount)")
            .replace("by: order_id", "by: order_no")
            .replace("ordered_at,", "orderd_at,")
            .replace("quantity * price", "array(quantity)")
            .replace("status = 'cancelled'", "sum(quantity) > 1");
    assertThat(found(yaml))
        .containsExactly(
            "9:64: unknown function \"uper\"; did you mean \"upper\"?",
            "13:44: unknown column \"order_no\" of shop.lines; did you mean \"order_id\"?",
            "13:44: unknown column \"order_no\" of shop.orders; did you mean \"order_id\"?",
            "15:29: unknown column \"orderd_at\" of shop.lines or shop.orders;"
                + " did you mean \"ordered_at\"?",
            "15:48: gives array, expected a single value; correct it",
            "16:25: \"sum\" works on many rows, expected an expression over one row; remove it");
  }

  @Test
  void aColumnOfAFactThatNothingProvidesIsNamedAtTheFeed() throws IOException {
    known("tills.sales", "order_id text, line int, sold_at timestamp, qty int, amount double");
    String yaml = SALES.replace("set: { customer: unknown, currency: EUR }", "set: { line: 1 }");
    assertThat(found(yaml))
        .hasSize(3)
        .allMatch(problem -> problem.startsWith("17:7: nothing says what "))
        .anyMatch(problem -> problem.contains("\"quantity\" of the fact \"sales\""))
        .anyMatch(problem -> problem.contains("\"currency\" of the fact \"sales\""))
        .anyMatch(problem -> problem.contains("\"customer_id\" of the fact \"sales\""));
  }

  @Test
  void aColumnThatMaskingWithholdsIsNoUnknownOne() throws IOException {
    known.put(
        "shop.tiers", new EntityColumns(Map.of("tier_id", Simple.INT), Set.of("tier", "level")));
    assertThat(found(CUSTOMER))
        .containsExactly(
            "13:44: column \"tier\" of shop.tiers is not classified, so it is withheld; classify"
                + " it in masking/classification.yaml");
  }

  @Test
  void whatIsNotKnownYetIsNotJudged() throws IOException {
    known.remove("shop.orders");
    assertThat(found(SALES.replace("ordered_at,", "orderd_at,").replace("by: order_id", "by: id")))
        .containsExactly(
            "13:44: unknown column \"id\" of shop.lines;"
                + " expected one of: line, order_id, price, quantity, status");
    known.clear();
    assertThat(found(SALES.replace("amount * 2", "uper(amount)"))).isEmpty();
  }

  private List<String> found(String yaml) throws IOException {
    Files.writeString(folder.resolve("star-schema.yaml"), yaml);
    Problems here = new Problems();
    Set<EntityName> names =
        Set.of(
            EntityName.parse("shop.customers"),
            EntityName.parse("shop.tiers"),
            EntityName.parse("shop.lines"),
            EntityName.parse("shop.orders"),
            EntityName.parse("tills.sales"));
    StarSchema star =
        StarSchemaReader.read(new ProjectFolder(folder, "", problems), names).orElseThrow();
    star.check(entity -> Optional.ofNullable(known.get(entity.toString())), here);
    return here.all().stream()
        .map(problem -> problem.toString().replaceFirst("^star-schema.yaml:", ""))
        .toList();
  }

  private void known(String entity, String columns) {
    Map<String, ColumnType> types = new LinkedHashMap<>();
    for (String column : columns.split(", ")) {
      String[] parts = column.strip().split(" ");
      types.put(parts[0], ColumnType.parse(parts[1]).orElseThrow());
    }
    known.put(entity, new EntityColumns(types, Set.of()));
  }
}
