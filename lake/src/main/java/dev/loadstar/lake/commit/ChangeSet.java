package dev.loadstar.lake.commit;

import dev.loadstar.lake.load.DataFile;
import java.util.List;

/**
 * What one commit did to one table. The files hold the table's columns and {@code _op} TEXT: {@code
 * U} (insert or replace the row of that key) or {@code D} (delete it; other columns may be null),
 * and {@code _commit} BIGINT, which grows from one change set of a table to the next. A key stands
 * at most once in a change set.
 */
public record ChangeSet(long commit, List<DataFile> files, long upserts, long deletes) {
  public ChangeSet {
    files = List.copyOf(files);
  }
}
