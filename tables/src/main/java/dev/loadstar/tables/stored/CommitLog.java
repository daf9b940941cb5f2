package dev.loadstar.tables.stored;

import dev.loadstar.lake.file.LakeFiles;
import dev.loadstar.lake.json.NumberedObjects;
import dev.loadstar.tables.Commit;
import java.util.Optional;

/** The commits of a lake and which of them expired, as numbered objects. Thread safe. */
final class CommitLog {
  /**
   * @param below commits with a lower number cannot be read any more
   */
  private record ExpiryObject(long number, long below) {}

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

  void expireBelow(long below) {
    expiries.claim(new ExpiryObject(expiries.latestNumber() + 1, below), "expiry of commits");
  }
}
