package dev.loadstar.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiteralsTest {
  @Test
  void parametersTakeThePlaceOfQuestionMarksOutsideOfQuotes() {
    assertThat(Literals.in("SELECT \"a?\"\"?\" WHERE b > ? AND '?' < ?", List.of(5L, 7)))
        .isEqualTo("SELECT \"a?\"\"?\" WHERE b > 5 AND '?' < 7");
  }

  @Test
  void everyKindOfBookmarkHasItsLiteral() {
    assertThat(
            Literals.in(
                "? ? ? ? ?",
                List.of(
                    LocalDateTime.of(2026, 11, 20, 1, 2, 3, 4_000),
                    LocalDate.of(2026, 1, 2),
                    LocalDate.of(-43, 3, 15),
                    LocalDateTime.of(10_000, 1, 1, 0, 0),
                    new BigDecimal("1E+3"))))
        .isEqualTo(
            "'2026-11-20 01:02:03.000004' '2026-01-02' '0044-03-15 BC' '10000-01-01"
                + " 00:00:00.000000' 1000");
  }

  @Test
  void textIsNoParameter() {
    assertThatThrownBy(() -> Literals.in("?", List.of("'; DROP TABLE x")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
