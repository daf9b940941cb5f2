package dev.loadstar.tables.retention;

import dev.loadstar.lake.file.LakeFiles;
import dev.loadstar.lake.file.StoredFile;
import java.util.Collection;

/** Deletes files and adds them up, or only adds them up. */
final class Deletion {
  private final LakeFiles lake;
  private final boolean dryRun;
  private long files;
  private long bytes;

  Deletion(LakeFiles lake, boolean dryRun) {
    this.lake = lake;
    this.dryRun = dryRun;
  }

  void of(Collection<StoredFile> gone) {
    for (StoredFile file : gone) {
      if (!dryRun) {
        lake.delete(file.path());
      }
      files++;
      bytes += file.bytes();
    }
  }

  LetGo as(String what, long count) {
    return new LetGo(what, count, files, bytes);
  }
}
