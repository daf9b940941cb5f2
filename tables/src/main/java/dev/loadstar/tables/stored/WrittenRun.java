package dev.loadstar.tables.stored;

import dev.loadstar.lake.load.DataFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What a writer made of the rows it was given. */
public record WrittenRun(List<DataFile> files, long upserts, long deletes, RowDigest.Sum digest)
    implements Serializable {
  public static final WrittenRun NOTHING = new WrittenRun(List.of(), 0, 0, RowDigest.Sum.ZERO);

  public WrittenRun {
    files = new ArrayList<>(files); // serializable, which List.of() is not everywhere
  }

  public long rows() {
    return upserts + deletes;
  }

  public WrittenRun plus(WrittenRun other) {
    List<DataFile> all = new ArrayList<>(files);
    all.addAll(other.files);
    return new WrittenRun(
        all, upserts + other.upserts, deletes + other.deletes, digest.plus(other.digest));
  }

  /**
   * @param order see {@link ChangeSet#commit()}
   */
  public ChangeSet asSet(long order) {
    return new ChangeSet(order, files, upserts, deletes, true);
  }
}
