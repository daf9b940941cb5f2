package dev.loadstar.demo.shop;

import dev.loadstar.demo.shop.Dice.For;
import java.math.BigDecimal;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Products: prices change, new ones come. */
record Products(World world) {
  /** How many there are on the evening of a day; ids run from 1 without gaps. */
  long count(int day) {
    return 60L * world.scale() + (day - 1L) * world.scale();
  }

  /** Rows that a day writes. */
  Stream<Product> written(int day) {
    return LongStream.rangeClosed(1, count(day))
        .filter(id -> born(id) == day || changes(id, day))
        .mapToObj(id -> row(id, day));
  }

  BigDecimal price(long id, int day) {
    long cents = 199 + world.dice().roll(14_800, For.PRICE, id, 0);
    for (int k = born(id) + 1; k <= day; k++) {
      if (repriced(id, k)) {
        cents = Math.max(99, cents * (85 + world.dice().roll(35, For.PRICE, id, k)) / 100 + 1);
      }
    }
    return BigDecimal.valueOf(cents, 2);
  }

  private int born(long id) {
    return id <= count(1) ? 1 : (int) (2 + (id - count(1) - 1) / world.scale());
  }

  private boolean changes(long id, int day) {
    return born(id) < day && (repriced(id, day) || recategorized(id, day));
  }

  private boolean repriced(long id, int day) {
    return id == 1 + (day * 7L) % count(1) || world.dice().perMille(40, For.PRICE_CHANGE, id, day);
  }

  private boolean recategorized(long id, int day) {
    return world.dice().perMille(5, For.CATEGORY, id, day);
  }

  private Product row(long id, int day) {
    Dice dice = world.dice();
    int category = dice.roll(Words.CATEGORIES.length, For.CATEGORY, id, 0);
    for (int k = born(id) + 1; k <= day; k++) {
      category += recategorized(id, k) ? 1 : 0;
    }
    String name =
        dice.pick(Words.ADJECTIVES, For.PRODUCT, id, 1)
            + " "
            + dice.pick(Words.THINGS, For.PRODUCT, id, 2)
            + " "
            + id;
    return new Product(
        id,
        name,
        Words.CATEGORIES[category % Words.CATEGORIES.length],
        price(id, day),
        day == 1
            ? world.time(-dice.roll(200, For.PRICE, id, -1) - 2, id, 1)
            : world.time(day, id, 1));
  }
}
