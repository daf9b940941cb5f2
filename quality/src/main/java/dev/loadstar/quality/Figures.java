package dev.loadstar.quality;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What was measured, by slot. */
record Figures(List<String> texts) {
  /** A count; none is 0. */
  long count(int slot) {
    return number(slot).map(BigDecimal::longValueExact).orElse(0L);
  }

  /** A sum: 0 over no rows, empty when it is no number at all. */
  Optional<BigDecimal> number(int slot) {
    String text = texts.get(slot);
    if (text == null) {
      return Optional.of(BigDecimal.ZERO);
    }
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty(); // NaN and infinity of floating point sums
    }
  }
}
