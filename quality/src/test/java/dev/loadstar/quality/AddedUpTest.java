package dev.loadstar.quality;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddedUpTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "sum(net_amount) ; net_amount",
        "SUM( a * (b - c) ) ; a * (b - c)",
        "count(*) ; 1",
        "count(1) ; 1",
      })
  void aMeasureIsWhatEachRowGives(String measure, String summand) {
    assertThat(AddedUp.of(measure, lit(true))).isPresent();
    assertThat(AddedUp.summand(measure).strip()).isEqualTo(summand);
  }

  @ParameterizedTest
  @CsvSource({
    "max(a)",
    "count(a)",
    "count(DISTINCT a)",
    "sum(DISTINCT a)",
    "sum(a) / 2",
    "sum(a) FILTER (WHERE a > 1)",
    "sum(a) + sum(b)",
    "a",
  })
  void whatIsNoSumOfRowsIsNone(String measure) {
    assertThat(AddedUp.of(measure, lit(true))).isEmpty();
  }
}
