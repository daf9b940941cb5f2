package dev.loadstar.bench.peers;

/**
 * How large the shop is and how much of it changes.
 *
 * @param movesEvery one client in so many moves
 */
record ShopSize(int clients, int articles, int receipts, int movesEvery, int newReceipts) {
  /** A fiftieth changes where change and scale are the same. */
  private static final int SHARE = 50;

  ShopSize {
    if (clients < 1 || articles < 1 || receipts < 1 || newReceipts < 1) {
      throw new IllegalArgumentException("the shop is too small, choose more --rows");
    }
  }

  /**
   * @param rows lines of receipts of a shop of scale 1, about; articles do not grow with the scale
   * @param scale how many times as large everything else is
   * @param change as much changes as in a shop of this scale; at most {@code scale}
   */
  static ShopSize of(long rows, int scale, int change) {
    if (scale < 1 || change < 1 || change > scale) {
      throw new IllegalArgumentException("expected 1 <= --change <= --scale");
    }
    long receipts = rows * 3 / 10;
    return new ShopSize(
        Math.toIntExact(rows / 10 * scale),
        Math.toIntExact(Math.max(100, rows / 100)),
        Math.toIntExact(receipts * scale),
        SHARE * scale / change,
        Math.toIntExact(receipts / SHARE * change));
  }
}
