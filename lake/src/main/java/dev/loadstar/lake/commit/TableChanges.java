package dev.loadstar.lake.commit;

import java.util.List;

/** What to apply to a published table. In both, later change sets win over earlier ones. */
public sealed interface TableChanges {
  List<ChangeSet> sets();

  /** Apply these on top of what is there; may be empty. */
  record Incremental(List<ChangeSet> sets) implements TableChanges {}

  /** These are all rows; what is there and not in them goes. */
  record Snapshot(List<ChangeSet> sets) implements TableChanges {}
}
