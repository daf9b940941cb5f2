package dev.loadstar.tables.stored;

import dev.loadstar.lake.file.LakeFiles;
import dev.loadstar.lake.json.NumberedObjects;
import dev.loadstar.tables.Commit;
import java.util.Optional;

/** The commits of a lake and which of them expired, as numbered objects. Thread safe. */
final class CommitLog {
  /**
   * @param below commits with a lower number cannot be read any more
   * @param emptied the files of those with a lower number than this are gone; absent for none
   */
  private record ExpiryObject(long number, long below, Optional<Long> emptied) {}

  private final NumberedObjects<CommitObject> commits;
  private final NumberedObjects<ExpiryObject> expiries;

  CommitLog(LakeFiles files) {
    commits =
        new NumberedObjects<>(files, "curated/_commits", CommitObject.class, CommitObject::number);
    expiries =
        new NumberedObjects<>(files, "curated/_expiries", ExpiryObject.class, ExpiryObject::number);
  }

  Optional<Commit> head() {
    return commits.latest().map(CommitObject::commit);
  }

  Optional<Commit> find(long number) {
    return commits.find(number).map(CommitObject::commit);
  }

  Commit get(long number) {
    return commits.get(number).commit();
  }

  Commit claim(CommitObject commit) {
    commits.claim(commit, "commit");
    return commit.commit();
  }

  /** Commits with a lower number cannot be read any more. */
  long readableFrom() {
    return expiries.latest().map(ExpiryObject::below).orElse(1L);
  }

  /** The first commit whose files may still be there. */
  long emptiedBelow() {
    return expiries.latest().flatMap(ExpiryObject::emptied).orElse(1L);
  }

  void expireBelow(long below) {
    claim(below, emptiedBelow());
  }

  /** Says that what expired is gone, so that nobody looks for it again. */
  void emptied(long below) {
    claim(readableFrom(), Math.max(below, emptiedBelow()));
  }

  private void claim(long below, long emptied) {
    expiries.claim(
        new ExpiryObject(expiries.latestNumber() + 1, below, Optional.of(emptied)),
        "expiry of commits");
  }
}
