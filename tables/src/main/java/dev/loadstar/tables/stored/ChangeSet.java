package dev.loadstar.tables.stored;

import dev.loadstar.lake.load.DataFile;
import java.io.Serializable;
import java.util.List;

/**
 * What some commits did to one table. The files hold the table's columns and {@code _op} TEXT:
 * {@code U} (insert or replace the row of that key) or {@code D} (delete it; other columns may be
 * null), and {@code _commit} BIGINT, the set's {@link #commit}. A key stands at most once in a
 * change set.
 *
 * @param commit the commit that made it; of several sets that were made one, the last; 0 for a base
 * @param sorted whether each file is sorted by primary key; those of format 1, which do not say,
 *     are not
 */
public record ChangeSet(
    long commit, List<DataFile> files, long upserts, long deletes, Boolean sorted)
    implements Serializable {
  /** The column that says what happens to a row's key. */
  public static final String OP = "_op";

  /** The column that says which set a row belongs to. */
  public static final String ORDER = "_commit";

  public static final String UPSERT = "U";
  public static final String DELETE = "D";

  public ChangeSet {
    files = List.copyOf(files);
    sorted = Boolean.TRUE.equals(sorted);
  }

  public long rows() {
    return upserts + deletes;
  }

  boolean isEmpty() {
    return files.isEmpty();
  }
}
