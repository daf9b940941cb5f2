package dev.loadstar.starschema.builder;

import dev.loadstar.tables.spark.RowFold;
import java.util.Arrays;
import java.util.Iterator;

/**
 * Finds the row of each key that counts, in rows of {@link KeptState} sorted by key and then from
 * the one that wins to the one that loses first. A row is the table's columns and whether it is
 * new; what is answered, the table's columns and whether it takes the place of another.
 */
final class KeptFold implements RowFold {
  private static final long serialVersionUID = 1L;

  static final String READ = "read";
  static final String UNCHANGED = "unchanged";
  static final String CHANGED = "changed";
  static final String REPLACED = "replaced";

  private static final int KEY = 0;

  private final int width;
  private final int load;
  private final int saidFrom;
  private final int changed;
  private final long newFrom;

  /**
   * @param width number of the table's columns
   * @param changed position of the change time
   * @param load position of the number of the load
   * @param saidFrom position of the first column that is the entity's
   * @param newFrom number of the first load that was never taken in
   */
  KeptFold(int width, int changed, int load, int saidFrom, long newFrom) {
    this.width = width;
    this.changed = changed;
    this.load = load;
    this.saidFrom = saidFrom;
    this.newFrom = newFrom;
  }

  @Override
  public void fold(Iterator<Object[]> rows, Answers answers) {
    Object[] first = null;
    Object[] kept = null;
    while (rows.hasNext()) {
      Object[] row = rows.next();
      if (first == null || row[KEY] == null || !row[KEY].equals(first[KEY])) {
        finish(first, kept, answers);
        first = Arrays.copyOf(row, width + 1);
        kept = null;
      } else if (isNew(row)) {
        overtaken(row, answers);
      }
      if (!isNew(row)) {
        kept = Arrays.copyOf(row, width + 1);
      }
    }
    finish(first, kept, answers);
  }

  private boolean isNew(Object[] row) {
    return (Boolean) row[width];
  }

  private void overtaken(Object[] row, Answers answers) {
    if ((Long) row[load] >= newFrom) {
      answers.count(READ);
    }
  }

  /** A row from before a column of the key was there is nobody's. */
  private void finish(Object[] first, Object[] kept, Answers answers) {
    if (first == null || !isNew(first)) {
      return;
    }
    if (first[KEY] == null) {
      overtaken(first, answers);
    } else if (kept != null && saysTheSame(first, kept)) {
      overtaken(first, answers);
      if ((Long) first[load] >= newFrom) {
        answers.count(UNCHANGED);
      }
    } else {
      answers.count(READ);
      answers.count(CHANGED);
      if (kept != null) {
        answers.count(REPLACED);
      }
      first[width] = kept != null;
      answers.write(first);
    }
  }

  private boolean saysTheSame(Object[] a, Object[] b) {
    for (int i = saidFrom; i < width; i++) {
      if (!same(a[i], b[i])) {
        return false;
      }
    }
    return same(a[changed], b[changed]);
  }

  private static boolean same(Object a, Object b) {
    return a instanceof Double x && b instanceof Double y && x.doubleValue() == y.doubleValue()
        || a instanceof Float f && b instanceof Float g && f.floatValue() == g.floatValue()
        || MemberStory.same(a, b);
  }
}
