package dev.loadstar.starschema.builder;

import dev.loadstar.tables.spark.FoldedRow;
import dev.loadstar.tables.spark.RowFold;
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
  public void fold(Iterator<FoldedRow> rows, Answers answers) {
    FoldedRow first = null;
    FoldedRow kept = null;
    while (rows.hasNext()) {
      FoldedRow row = rows.next();
      if (first == null || row.isNull(KEY) || first.isNull(KEY) || !row.sameText(KEY, first)) {
        finish(first, kept, answers);
        first = row.copy();
        kept = null;
      } else if (isNew(row)) {
        overtaken(row, answers);
      }
      if (!isNew(row)) {
        kept = row.copy();
      }
    }
    finish(first, kept, answers);
  }

  private boolean isNew(FoldedRow row) {
    return row.flag(width);
  }

  private void overtaken(FoldedRow row, Answers answers) {
    if (row.number(load) >= newFrom) {
      answers.count(READ);
    }
  }

  /** A row from before a column of the key was there is nobody's. */
  private void finish(FoldedRow first, FoldedRow kept, Answers answers) {
    if (first == null || !isNew(first)) {
      return;
    }
    if (first.isNull(KEY)) {
      overtaken(first, answers);
    } else if (kept != null && saysTheSame(first, kept)) {
      overtaken(first, answers);
      if (first.number(load) >= newFrom) {
        answers.count(UNCHANGED);
      }
    } else {
      answers.count(READ);
      answers.count(CHANGED);
      if (kept != null) {
        answers.count(REPLACED);
      }
      answers.write(first, kept != null);
    }
  }

  private boolean saysTheSame(FoldedRow a, FoldedRow b) {
    for (int i = saidFrom; i < width; i++) {
      if (!same(a.value(i), b.value(i))) {
        return false;
      }
    }
    return same(a.value(changed), b.value(changed));
  }

  private static boolean same(Object a, Object b) {
    return a instanceof Double x && b instanceof Double y && x.doubleValue() == y.doubleValue()
        || a instanceof Float f && b instanceof Float g && f.floatValue() == g.floatValue()
        || MemberStory.same(a, b);
  }
}
