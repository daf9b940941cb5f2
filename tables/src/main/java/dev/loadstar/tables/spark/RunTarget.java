package dev.loadstar.tables.spark;

import dev.loadstar.core.type.Column;
import dev.loadstar.tables.stored.RunWriter;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Where a job's rows go: each task writes files of its own. What a task wrote counts only if it
 * ended well: another try writes files of other names.
 *
 * @param columns of the rows, the table's first
 * @param digested how many are the table's
 * @param commit see {@link dev.loadstar.tables.stored.ChangeSet#commit()}
 */
record RunTarget(
    ReachableFiles files,
    String prefix,
    List<Column> columns,
    int digested,
    List<String> key,
    long commit)
    implements Serializable {
  RunTarget {
    columns = new ArrayList<>(columns); // serializable, which List.of() is not everywhere
    key = new ArrayList<>(key);
  }

  RunWriter open(int partition) {
    String path = "%s-%05d-%s".formatted(prefix, partition, UUID.randomUUID());
    return new RunWriter(files.open(), path, columns, digested, key, commit);
  }
}
