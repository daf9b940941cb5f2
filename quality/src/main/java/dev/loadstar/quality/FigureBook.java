package dev.loadstar.quality;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.types.StructType;

/**
 * Counts and sums over all rows of a star, by what they are: those of the star before, and those of
 * this one, which follow from them. A figure whose text or whose table's columns changed has
 * another name, so that it is measured in full. Not thread safe.
 */
final class FigureBook {
  private static final int LENGTH = 32;

  private record Followed(String name, int slot, int added, Optional<Integer> gone) {}

  private final Map<String, BigDecimal> before;
  private final Map<String, Integer> measured = new TreeMap<>();
  private final List<Followed> followed = new ArrayList<>();
  private final Map<String, BigDecimal> after = new TreeMap<>();

  FigureBook(Map<String, BigDecimal> before) {
    this.before = Map.copyOf(before);
  }

  static String name(String table, StructType columns, String figure) {
    String text = String.join("\n", table, columns.catalogString(), figure);
    return DigestUtils.sha256Hex(text).substring(0, LENGTH);
  }

  boolean has(String name) {
    return before.containsKey(name);
  }

  void measured(String name, int slot) {
    measured.put(name, slot);
  }

  /**
   * @param slot takes the figure
   * @param added the slot of the rows that came
   * @param gone the slot of those in whose place they came
   */
  void followed(String name, int slot, int added, Optional<Integer> gone) {
    followed.add(new Followed(name, slot, added, gone));
  }

  /** With the figures that follow from those before. */
  Figures settled(Figures raw) {
    List<String> texts = new ArrayList<>(raw.texts());
    for (Followed figure : followed) {
      Optional<BigDecimal> added = raw.number(figure.added());
      Optional<BigDecimal> gone =
          figure.gone().map(raw::number).orElse(Optional.of(BigDecimal.ZERO));
      if (added.isPresent() && gone.isPresent()) {
        BigDecimal now = before.get(figure.name()).add(added.get()).subtract(gone.get());
        texts.set(figure.slot(), now.toPlainString());
        after.put(figure.name(), now);
      } else {
        texts.set(figure.slot(), "NaN");
      }
    }
    measured.forEach((name, slot) -> raw.number(slot).ifPresent(n -> after.put(name, n)));
    return new Figures(texts);
  }

  /** The figures of this star, by name. */
  Map<String, BigDecimal> after() {
    return Map.copyOf(after);
  }
}
