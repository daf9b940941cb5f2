package dev.loadstar.demo.shop;

import dev.loadstar.demo.shop.Dice.For;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Stores: one more opens every second day. */
record Stores(World world) {
  int count(int day) {
    return 8 * world.scale() + day / 2 * world.scale();
  }

  /** All that are known on a day. */
  Stream<Store> known(int day) {
    return IntStream.range(0, count(day)).mapToObj(this::row);
  }

  /** The id of the n-th store, from 0. */
  static String id(int n) {
    return "S%04d".formatted(n + 1);
  }

  private Store row(int n) {
    Dice dice = world.dice();
    String[] city = Words.CITIES[dice.roll(Words.CITIES.length, For.PLACE, n, 0)];
    int later = n - count(1);
    LocalDate opened =
        later < 0
            ? LocalDate.of(2008, 3, 1).plusDays(dice.roll(4500, For.PLACE, n, 1))
            : world.date(2 * (later / world.scale() + 1));
    return new Store(
        id(n),
        city[0] + " " + dice.pick(Words.STREETS, For.PLACE, n, 2),
        city[0],
        city[2],
        opened,
        new BigDecimal(city[3]),
        new BigDecimal(city[4]));
  }
}
