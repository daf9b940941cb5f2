package dev.loadstar.demo.shop;

/**
 * Chance without state: a throw depends on the seed and on what it is for, never on the throws
 * before it, so any row of any day can be made alone.
 */
record Dice(long seed) {
  /** What a throw decides. Order matters: it is part of what a seed means. */
  enum For {
    NAME,
    BIRTH,
    STREET,
    CITY,
    SEGMENT,
    MOVE,
    PROMOTION,
    TOUCH,
    LATE,
    TIME,
    PRICE,
    PRICE_CHANGE,
    CATEGORY,
    CUSTOMER,
    PRODUCT,
    LINES,
    QUANTITY,
    DISCOUNT,
    HEADER_LATE,
    CANCEL,
    CORRECT,
    CARD,
    LOYALTY,
    BROKEN,
    PLACE
  }

  /** A number from 0 to {@code sides - 1}. */
  int roll(int sides, For what, long a, long b) {
    return (int) Math.floorMod(mix(mix(mix(seed * 31 + what.ordinal()) + a) + b), (long) sides);
  }

  boolean perMille(int share, For what, long a, long b) {
    return roll(1000, what, a, b) < share;
  }

  String pick(String[] from, For what, long a, long b) {
    return from[roll(from.length, what, a, b)];
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
