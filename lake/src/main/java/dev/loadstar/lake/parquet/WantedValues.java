package dev.loadstar.lake.parquet;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import org.apache.parquet.filter2.predicate.Statistics;
import org.apache.parquet.filter2.predicate.UserDefinedPredicate;

/**
 * Passes over pages that hold none of some values. Parquet's own {@code in} compares a page with
 * the least and the greatest of them alone.
 */
final class WantedValues<T extends Comparable<T>> extends UserDefinedPredicate<T>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<T> sorted;
  private final HashSet<T> wanted;

  /**
   * @param order as the column's statistics are sorted
   */
  WantedValues(Collection<T> values, Comparator<T> order) {
    wanted = new HashSet<>(values);
    sorted = new ArrayList<>(wanted);
    sorted.sort(order);
  }

  @Override
  public boolean acceptsNullValue() {
    return false;
  }

  @Override
  public boolean keep(T value) {
    return wanted.contains(value);
  }

  /** Whether none lies between the bounds. */
  @Override
  public boolean canDrop(Statistics<T> page) {
    Comparator<T> order = page.getComparator();
    int from = 0;
    int to = sorted.size();
    while (from < to) { // the first that is not less than the least
      int middle = (from + to) >>> 1;
      if (order.compare(sorted.get(middle), page.getMin()) < 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from == sorted.size() || order.compare(sorted.get(from), page.getMax()) > 0;
  }

  @Override
  public boolean inverseCanDrop(Statistics<T> page) {
    return false;
  }
}
