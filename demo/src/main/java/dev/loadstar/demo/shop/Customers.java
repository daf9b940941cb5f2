package dev.loadstar.demo.shop;

import dev.loadstar.demo.shop.Dice.For;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Customers: they come, move and change segment; some changes reach the table a day late. */
record Customers(World world) {
  /** How many there are on the evening of a day; ids run from 1 without gaps. */
  long count(int day) {
    return 300L * world.scale() + (day - 1L) * 3 * world.scale();
  }

  /** Rows that a day writes. */
  Stream<Customer> written(int day) {
    if (day == 1) {
      return LongStream.rangeClosed(1, count(1)).mapToObj(id -> row(id, 1));
    }
    return LongStream.rangeClosed(1, count(day))
        .filter(id -> lastWrite(id, day) > 0)
        .mapToObj(id -> row(id, day));
  }

  private int born(long id) {
    return id <= count(1) ? 1 : (int) (2 + (id - count(1) - 1) / (3L * world.scale()));
  }

  /** The day whose news a day writes: itself, the day before for a late change, or 0 for none. */
  private int lastWrite(long id, int day) {
    if (born(id) == day || (changes(id, day) && !late(id, day))) {
      return day;
    }
    return day > 1 && born(id) < day - 1 && changes(id, day - 1) && late(id, day - 1) ? day - 1 : 0;
  }

  /** Counts changes that the table knows on a day. */
  private int known(long id, int day, For kind) {
    int changes = 0;
    for (int k = born(id) + 1; k <= day; k++) {
      boolean arrived = k < day || !late(id, k);
      if (arrived && (kind == For.MOVE ? moves(id, k) : promoted(id, k))) {
        changes++;
      }
    }
    return changes;
  }

  private boolean changes(long id, int day) {
    return born(id) < day
        && (moves(id, day)
            || promoted(id, day)
            || world.dice().perMille(5, For.TOUCH, id, day)); // written again, nothing new
  }

  private boolean moves(long id, int day) {
    return world.dice().perMille(20, For.MOVE, id, day) || isDaysLatecomer(id, day);
  }

  private boolean promoted(long id, int day) {
    return world.dice().perMille(12, For.PROMOTION, id, day);
  }

  private boolean late(long id, int day) {
    return isDaysLatecomer(id, day) || world.dice().perMille(100, For.LATE, id, day);
  }

  /** One per day moves for sure and is told late. */
  private boolean isDaysLatecomer(long id, int day) {
    return id == 1 + (day * 37L) % count(1);
  }

  private Customer row(long id, int day) {
    Dice dice = world.dice();
    int moved = known(id, day, For.MOVE);
    String first = dice.pick(Words.FIRST_NAMES, For.NAME, id, 1);
    String last = dice.pick(Words.LAST_NAMES, For.NAME, id, 2);
    int place = dice.roll(Words.CITIES.length, For.CITY, id, 0) + moved;
    String[] city = Words.CITIES[place % Words.CITIES.length];
    String street =
        dice.pick(Words.STREETS, For.STREET, id, moved)
            + " "
            + (1 + dice.roll(180, For.STREET, id, 1000L + moved));
    int segment = dice.roll(4, For.SEGMENT, id, 0) + known(id, day, For.PROMOTION);
    String email = "%s.%s.%d@mail.example".formatted(first, last, id).toLowerCase(Locale.ROOT);
    return new Customer(
        id,
        world.personal(first + " " + last),
        world.marker().map(m -> m + "." + email).orElse(email),
        world.personal("+49 30 555 %04d".formatted(dice.roll(10_000, For.NAME, id, 3))),
        world.personal(
            "9%02d-%02d-%04d" // numbers that begin with 9 are never given out
                .formatted(
                    dice.roll(100, For.NAME, id, 4),
                    1 + dice.roll(99, For.NAME, id, 5),
                    1 + dice.roll(9999, For.NAME, id, 6))),
        LocalDate.of(1940, 1, 1).plusDays(dice.roll(24_000, For.BIRTH, id, 0)),
        world.personal(street),
        city[0],
        city[1],
        Words.SEGMENTS[segment % Words.SEGMENTS.length],
        updatedAt(id, day));
  }

  private Instant updatedAt(long id, int day) {
    int write = day == 1 ? 1 : lastWrite(id, day);
    return born(id) == 1 && write == 1
        ? world.time(1 - world.dice().roll(300, For.BIRTH, id, 1) - 2, id, 0)
        : world.time(write, id, 0);
  }
}
