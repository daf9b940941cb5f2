package dev.loadstar.app.step;

import dev.loadstar.starschema.builder.BuildResult;
import dev.loadstar.starschema.model.StarSchema;
import dev.loadstar.tables.Changes;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Builds tables of the star again from what is kept of their inputs, with the keys that they have.
 *
 * @param in a run of the head's business date
 */
public record Rebuild(Workspace in) {
  /** What differs in a table between the head before and after. */
  public record TableChange(long inserted, long updated, long deleted) {
    public boolean nothing() {
      return inserted + updated + deleted == 0;
    }
  }

  /**
   * What came of it.
   *
   * @param changes by table, of all that were built again
   */
  public record Result(
      Commit head, boolean committed, Map<String, TableChange> changes, List<String> findings) {}

  /** Every table that can be built again, by name. */
  public static Set<String> tables(StarSchema star) {
    Set<String> names = new TreeSet<>();
    star.dimensions().forEach(d -> names.add(d.table()));
    star.calendars().forEach(c -> names.add(c.table()));
    star.facts().forEach(f -> names.add(f.table()));
    return names;
  }

  /**
   * @param before the head
   */
  public Result run(Commit before, Set<String> tables) {
    Remarks remarks = new Remarks();
    BuildResult built = BuildStep.builder(in, remarks).build(in.date(), in.runId(), tables);
    built.findings().forEach(remarks::finding);
    Commit after = built.head().orElseThrow();
    Map<String, TableChange> changes = new TreeMap<>();
    for (TableShape shape : after.published()) {
      TableChange change = built.committed() ? change(before, after, shape) : none();
      if (tables.contains(shape.name()) || !change.nothing()) {
        changes.put(shape.name(), change);
      }
    }
    return new Result(after, built.committed(), changes, remarks.findings());
  }

  private static TableChange none() {
    return new TableChange(0, 0, 0);
  }

  private TableChange change(Commit before, Commit after, TableShape shape) {
    long put = 0;
    long deleted = 0;
    var columns = shape.publishedColumns().stream().map(TableColumn::plain).toList();
    try (Changes changes = in.tables().changes(Optional.of(before), after, shape.name(), columns)) {
      while (changes.next() != null) {
        if (changes.deleted()) {
          deleted++;
        } else {
          put++;
        }
      }
    }
    long rowsBefore =
        Optional.ofNullable(before.tables().get(shape.name())).map(t -> t.rows()).orElse(0L);
    long inserted = after.table(shape.name()).rows() - rowsBefore + deleted;
    return new TableChange(inserted, put - inserted, deleted);
  }
}
