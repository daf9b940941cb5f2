package dev.loadstar.ingestion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilePatternTest {
  @Test
  void takesTheDateFromTheName() {
    FilePattern pattern = FilePattern.parse("sales_{yyyyMMdd}_*.csv*");

    assertThat(pattern.matches("sales_20261120_017.csv.gz")).isTrue();
    assertThat(pattern.date("sales_20261120_017.csv.gz")).contains(LocalDate.of(2026, 11, 20));
    assertThat(pattern.isDated()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sales_20260230_1.csv",
        "sales_2026112_1.csv",
        "sales_20261120_1.json",
        "old/sales_20261120_1.csv",
        "xsales_20261120_1.csv",
        "sales_20261120_a/b.csv"
      })
  void leavesOtherNamesAlone(String name) {
    assertThat(FilePattern.parse("sales_{yyyyMMdd}_*.csv*").matches(name)).isFalse();
  }

  @Test
  void takesSignsOfRegularExpressionsLiterally() {
    FilePattern pattern = FilePattern.parse("a.(b)+{yyyy-MM-dd}.csv");

    assertThat(pattern.matches("a.(b)+2026-11-20.csv")).isTrue();
    assertThat(pattern.matches("ax(b)+2026-11-20.csv")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{csv}",
        "{yyyyMM}.csv",
        "{yyyyMMdd}{yyyyMMdd}",
        "{yyyyMMddHH}",
        "",
        "/a.csv",
        "../a"
      })
  void refusesOtherBracesAndPathsThatLeaveTheFolder(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> FilePattern.parse(text));
  }
}
