package dev.loadstar.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shown of an address. */
class DatabaseAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:postgresql://db.example:5432/shop | db.example:5432/shop",
        "jdbc:postgresql://db.example/shop?user=u&password=planted | db.example/shop",
        "jdbc:mysql://u:planted@db.example:3306/shop | db.example:3306/shop",
        "jdbc:mysql://(host=db,port=1,user=u,password=planted)/shop | an address in brackets",
        "jdbc:mysql://address=(host=db)(password=planted)/shop | an address in brackets"
      })
  void noPasswordIsInIt(String url, String shown) {
    assertThat(new Database(url, Optional.empty(), Optional.empty())).hasToString(shown);
  }
}
