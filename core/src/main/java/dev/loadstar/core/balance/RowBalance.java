package dev.loadstar.core.balance;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;

/**
 * Where the rows of one hop went, counted on its driving entity: {@code read + released = passed +
 * unchanged + deduplicated + filtered + quarantined + waiting}.
 *
 * @param read rows taken in, counted where they were taken
 * @param released rows that waited for another entity in an earlier run and no longer do
 * @param passed rows that changed what the hop writes
 * @param unchanged rows that say what was known already
 * @param deduplicated repeats and rows overtaken within the hop
 * @param filtered rows left out by a declared rule, such as cancelled orders
 * @param quarantined rejected rows, each with a reason and a pointer
 * @param waiting rows whose header has not come
 */
public record RowBalance(
    long read,
    long released,
    long passed,
    long unchanged,
    long deduplicated,
    long filtered,
    long quarantined,
    long waiting) {
  public static final RowBalance ZERO = new RowBalance(0, 0, 0, 0, 0, 0, 0, 0);

  public static RowBalance allPassed(long rows) {
    return new RowBalance(rows, 0, rows, 0, 0, 0, 0, 0);
  }

  public RowBalance plus(RowBalance o) {
    return new RowBalance(
        read + o.read,
        released + o.released,
        passed + o.passed,
        unchanged + o.unchanged,
        deduplicated + o.deduplicated,
        filtered + o.filtered,
        quarantined + o.quarantined,
        waiting + o.waiting);
  }

  public boolean balanced() {
    return read + released == passed + unchanged + deduplicated + filtered + quarantined + waiting;
  }

  /**
   * @param hop what to name in the error, for example {@code transform of shop.orders}
   * @throws LoadException with {@link ErrorCode#IMBALANCE} when rows vanished or appeared
   */
  public RowBalance require(String hop) {
    if (!balanced()) {
      throw new LoadException(
          ErrorCode.IMBALANCE,
          "Cannot finish %s: rows do not balance, %s. Nothing was made visible; please report this."
              .formatted(hop, this));
    }
    return this;
  }
}
