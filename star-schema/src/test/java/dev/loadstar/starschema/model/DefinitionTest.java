package dev.loadstar.starschema.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.starschema.model.DimensionModel.Enrichment;
import dev.loadstar.starschema.model.DimensionModel.OnDelete;
import dev.loadstar.starschema.model.FactModel.DimensionUse;
import dev.loadstar.starschema.model.FactModel.Measure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefinitionTest {
  private static final EntityName LINES = EntityName.parse("shop.order_lines");
  private static final EntityName ORDERS = EntityName.parse("shop.orders");

  private static DimensionModel customer(String city) {
    return new DimensionModel(
        "customer",
        EntityName.parse("shop.customers"),
        List.of("customer_id"),
        Optional.of("updated_at"),
        List.of("name"),
        List.of("city"),
        Map.of("city", city),
        Optional.of("gone"),
        OnDelete.CLOSE,
        List.of(new Enrichment(EntityName.parse("shop.countries"), "country", List.of("name"))));
  }

  private static FactModel sales() {
    return new FactModel(
        "sales",
        Map.of("line", Simple.BIGINT),
        "sold_at",
        Map.of("customer", new DimensionUse("customer", "customer_id")),
        List.of(new Measure("net", new ColumnType.Decimal(19, 4), Optional.of("a - b"))),
        Map.of(),
        List.of(
            new FactFeedModel(
                LINES,
                Optional.of(new FactFeedModel.Header(ORDERS, "order_id")),
                Map.of("channel", "online"),
                Map.of(),
                Optional.empty())));
  }

  @Test
  void itsWrittenFormNeverChangesUnnoticed() {
    assertThat(Definition.of(customer("concat(city,\n country)")).text())
        .isEqualTo(
            """
            version: 1
            from: shop.customers
            key: customer_id
            effective_at: updated_at
            type_1: name
            type_2: city
            column city: concat(city,\\n country)
            deleted_when: gone
            on_delete: close
            enrich shop.countries: country -> name\
            """);
    assertThat(Definition.of(sales()).text())
        .isEqualTo(
            """
            version: 1
            grain line: bigint
            event_time: sold_at
            role customer: customer by customer_id
            measure net: decimal(19,4) = a - b
            feed shop.order_lines: header shop.orders by order_id
            feed shop.order_lines set channel: online\
            """);
  }

  @Test
  void itIsReadBack() {
    Definition sales = Definition.of(sales());
    assertThat(Definition.parse(sales.text())).isEqualTo(sales);
    assertThat(sales.feeds()).containsExactly(LINES);
    assertThat(Definition.of(customer("a"))).isNotEqualTo(Definition.of(customer("b")));
  }

  @Test
  void whatAnOlderReleaseKeptHasNoLines() {
    assertThat(Definition.parse("5a3f9c0d11e2b477").lines()).isEmpty();
    assertThat(Definition.parse("").line("from")).isEmpty();
  }

  @Test
  void whatNamesAreBoundToIsKeptAndIsNoChange() {
    Definition sales = Definition.of(sales());
    String written = sales.binding(LINES, Map.of("status", "header")).text();
    assertThat(written).endsWith("\nfeed shop.order_lines binds status: header");
    assertThat(Definition.parse(written).bindings(LINES))
        .containsExactly(Map.entry("status", "header"));
    assertThat(Definition.parse(written).bindings(ORDERS)).isEmpty();
    assertThat(Definition.parse(written).feeds()).containsExactly(LINES);
    assertThat(sales.describes(written)).isTrue();
    assertThat(sales.describes(sales.text())).isTrue();
    assertThat(sales.describes(written + "\nattribute note: text")).isFalse();
    assertThat(sales.describes("5a3f9c0d11e2b477")).isFalse();
  }
}
