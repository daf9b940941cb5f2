package dev.loadstar.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class BusinessDateTest {
  @Test
  void aDayIsAsLongAsItsZoneSays() {
    BusinessDate spring = new BusinessDate(LocalDate.of(2026, 3, 29), ZoneId.of("Europe/Berlin"));
    assertThat(spring.start()).isEqualTo(Instant.parse("2026-03-28T23:00:00Z"));
    assertThat(Duration.between(spring.start(), spring.end())).isEqualTo(Duration.ofHours(23));
  }
}
