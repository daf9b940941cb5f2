package dev.loadstar.tables.retention;

import dev.loadstar.tables.Commit;
import dev.loadstar.tables.Expiry;
import dev.loadstar.tables.Tables;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Gives up commits that were replaced long ago; never the head, nor one that is shown. */
record CuratedRetention(Tables tables) {
  LetGo run(Optional<Instant> before, OptionalLong shown, boolean dryRun) {
    long below = before.map(time -> below(time, shown)).orElse(1L);
    Expiry expiry = tables.expire(below, dryRun);
    return new LetGo("curated", expiry.commits(), expiry.files(), expiry.bytes());
  }

  /** The first commit to keep. A commit is old from when the next one took its place. */
  private long below(Instant before, OptionalLong shown) {
    Optional<Commit> head = tables.head();
    if (head.isEmpty()) {
      return 1;
    }
    long below = head.get().number();
    Instant replaced = head.get().createdAt();
    while (below > 1 && !replaced.isBefore(before)) {
      below--;
      replaced = tables.find(below).map(Commit::createdAt).orElse(replaced);
    }
    return shown.isPresent() ? Math.min(below, Math.max(1, shown.getAsLong())) : below;
  }
}
