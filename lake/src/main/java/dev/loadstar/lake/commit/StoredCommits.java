package dev.loadstar.lake.commit;

import dev.loadstar.lake.file.LakeFiles;
import dev.loadstar.lake.json.NumberedObjects;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The commits as objects {@code curated/_commits/NNNNNN.json}. Thread safe. */
public final class StoredCommits implements Commits {
  private final NumberedObjects<Commit> objects;

  public StoredCommits(LakeFiles files) {
    this.objects = new NumberedObjects<>(files, "curated/_commits", Commit.class, Commit::number);
  }

  @Override
  public Optional<Commit> head() {
    return objects.latest();
  }

  @Override
  public Optional<Commit> find(long number) {
    return objects.find(number);
  }

  @Override
  public TableChanges changes(Optional<Long> published, Commit target, String table) {
    TableState state = target.tables().get(table);
    if (state == null) {
      throw new IllegalArgumentException("commit " + target.number() + " has no table " + table);
    }
    boolean reachesBack =
        published.isPresent()
            && published.get() <= target.number()
            && state.base().map(base -> base.commit() <= published.get()).orElse(true);
    if (reachesBack) {
      return new TableChanges.Incremental(
          state.changes().stream().filter(set -> set.commit() > published.get()).toList());
    }
    List<ChangeSet> all = Stream.concat(state.base().stream(), state.changes().stream()).toList();
    return new TableChanges.Snapshot(all);
  }

  @Override
  public void claim(Commit commit) {
    objects.claim(commit, "commit");
  }
}
