package dev.loadstar.tables.stored;

import dev.loadstar.core.type.Extent;
import dev.loadstar.lake.load.DataFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a writer made of the rows it was given.
 *
 * @param extents how large the values are, by column
 */
public record WrittenRun(
    List<DataFile> files,
    long upserts,
    long deletes,
    RowDigest.Sum digest,
    Map<String, Extent> extents)
    implements Serializable {
  public static final WrittenRun NOTHING =
      new WrittenRun(List.of(), 0, 0, RowDigest.Sum.ZERO, Map.of());

  public WrittenRun {
    files = new ArrayList<>(files); // serializable, which List.of() is not everywhere
    extents = new TreeMap<>(extents);
  }

  public long rows() {
    return upserts + deletes;
  }

  public WrittenRun plus(WrittenRun other) {
    List<DataFile> all = new ArrayList<>(files);
    all.addAll(other.files);
    Map<String, Extent> both = new TreeMap<>(extents);
    other.extents.forEach((column, extent) -> both.merge(column, extent, Extent::and));
    return new WrittenRun(
        all, upserts + other.upserts, deletes + other.deletes, digest.plus(other.digest), both);
  }

  /**
   * @param order see {@link ChangeSet#commit()}
   */
  public ChangeSet asSet(long order) {
    return new ChangeSet(order, files, upserts, deletes, true);
  }
}
