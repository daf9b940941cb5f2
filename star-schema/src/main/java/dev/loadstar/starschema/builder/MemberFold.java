package dev.loadstar.starschema.builder;

import dev.loadstar.starschema.builder.MemberStory.Told;
import dev.loadstar.starschema.model.DimensionModel.OnDelete;
import dev.loadstar.starschema.timeline.KeyChange;
import dev.loadstar.starschema.timeline.Observation;
import dev.loadstar.starschema.timeline.Placed;
import dev.loadstar.starschema.timeline.Segment;
import dev.loadstar.starschema.timeline.Timeline;
import dev.loadstar.tables.spark.RowsFunction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Folds the rows of each member: its versions, its kept observations and its new ones, sorted so,
 * become what changes. One member's rows are in memory at a time.
 *
 * <p>Answers rows of {@code _out, _fate, _note, _nth} and then the layout's columns without the
 * kind.
 */
final class MemberFold implements RowsFunction {
  private static final long serialVersionUID = 1L;

  /** {@code _out}: a version that is new, changed ({@code _fate} U) or gone (D). */
  static final String VERSION = "version";

  /**
   * {@code _out}: a new observation; {@code _fate} U when it is kept, {@code _note} what became of
   * it.
   */
  static final String OBSERVATION = "observation";

  /** {@code _out}: an interval, in valid_from and valid_to, whose facts look up their key again. */
  static final String INTERVAL = "interval";

  static final String PASSED = "passed";
  static final String UNCHANGED = "unchanged";
  static final String DEDUPLICATED = "deduplicated";

  /**
   * {@code _note} of an observation without a part of its key begins so; the part's number ends it.
   */
  static final String KEYLESS = "keyless ";

  /** {@code _note} of the first changed version of a member that was known before. */
  static final String KNOWN_MEMBER = "known member";

  /** Instead of it where the member shows no value now of an attribute that showed one. */
  static final String EMPTIED_MEMBER = "emptied member";

  private final MemberLayout at;
  private final OnDelete onDelete;
  private final MemberStory story;
  private final MemberArrivals arrivals;

  /**
   * @param onlyDifferences see {@link MemberArrivals}
   */
  MemberFold(MemberLayout layout, OnDelete onDelete, boolean onlyDifferences) {
    this.at = layout;
    this.onDelete = onDelete;
    this.story = new MemberStory(layout);
    this.arrivals = new MemberArrivals(layout, story, onlyDifferences);
  }

  @Override
  public Iterator<Object[]> apply(Iterator<Object[]> rows) {
    Deque<Object[]> ready = new ArrayDeque<>();
    List<Row> member = new ArrayList<>();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        while (ready.isEmpty() && (rows.hasNext() || !member.isEmpty())) {
          Row next = rows.hasNext() ? RowFactory.create(rows.next().clone()) : null;
          if (!member.isEmpty() && (next == null || !sameMember(member.get(0), next))) {
            fold(member, ready);
            member.clear();
          }
          if (next != null) {
            member.add(next);
          }
        }
        return !ready.isEmpty();
      }

      @Override
      public Object[] next() {
        if (!hasNext()) {
          throw new java.util.NoSuchElementException();
        }
        return ready.remove();
      }
    };
  }

  private boolean sameMember(Row a, Row b) {
    for (int i = 0; i < at.keys(); i++) {
      if (!Objects.equals(a.get(at.key(i)), b.get(at.key(i)))) {
        return false;
      }
    }
    return true;
  }

  private void fold(List<Row> member, Deque<Object[]> out) {
    int without = missingKey(member.get(0));
    if (without >= 0) {
      for (Row row : member) {
        out.add(
            row.getInt(0) == MemberLayout.VERSION
                ? row(VERSION, "D", null, 0, copy(row))
                : observation(row, null, KEYLESS + without));
      }
      return;
    }
    TreeMap<Long, Row> versions = new TreeMap<>();
    TreeMap<Long, Row> observations = new TreeMap<>();
    List<Row> kept = new ArrayList<>();
    for (Row row : member) {
      switch (row.getInt(0)) {
        case MemberLayout.VERSION -> known(row, versions, out);
        case MemberLayout.OLD_OBSERVATION -> observations.put(row.getLong(at.effective()), row);
        default ->
            arrivals.take(
                row, observations, kept, (gone, note) -> out.add(observation(gone, null, note)));
      }
    }
    if (observations.isEmpty()
        && versions.values().stream().allMatch(v -> v.getBoolean(at.isInferred()))) {
      return; // a member that only facts know
    }
    List<Segment<Told>> segments =
        Timeline.fold(told(observations), (a, b) -> a.agrees(b, at.type1()), onDelete);
    boolean changed = emitVersions(member.get(0), versions, segments, out);
    for (Row row : kept) {
      out.add(observation(row, "U", changed ? PASSED : UNCHANGED));
    }
  }

  /** The first part of the key that a row lacks, or -1. */
  private int missingKey(Row row) {
    for (int i = 0; i < at.keys(); i++) {
      if (row.isNullAt(at.key(i))) {
        return i;
      }
    }
    return -1;
  }

  /** Members that were two, until their keys were spelled alike, go on under the older key. */
  private void known(Row row, TreeMap<Long, Row> versions, Deque<Object[]> out) {
    Row other = versions.putIfAbsent(row.getLong(at.validFrom()), row);
    if (other == null) {
      return;
    }
    boolean older = row.getLong(at.surrogateKey()) < other.getLong(at.surrogateKey());
    if (older) {
      versions.put(row.getLong(at.validFrom()), row);
    }
    out.add(row(VERSION, "D", null, 0, copy(older ? other : row)));
  }

  private List<Observation<Told>> told(TreeMap<Long, Row> observations) {
    List<Row> alive =
        observations.values().stream().filter(row -> !row.getBoolean(at.deleted())).toList();
    Iterator<Told> said = story.of(alive).iterator();
    List<Observation<Told>> ordered = new ArrayList<>(observations.size());
    observations.forEach(
        (time, row) -> {
          boolean deleted = row.getBoolean(at.deleted());
          ordered.add(new Observation<>(time, deleted, deleted ? story.of(row) : said.next()));
        });
    return ordered;
  }

  private boolean emitVersions(
      Row any, TreeMap<Long, Row> versions, List<Segment<Told>> segments, Deque<Object[]> out) {
    if (segments.isEmpty()
        && versions.values().stream().allMatch(v -> v.getBoolean(at.isInferred()))) {
      return false; // a member that only facts know stays, though all that is said of it is that it
      // is gone
    }
    boolean known = !versions.isEmpty();
    String note = known ? emptied(versions, segments) ? EMPTIED_MEMBER : KNOWN_MEMBER : null;
    Object durable = known ? versions.values().iterator().next().get(at.durableKey()) : null;
    List<Placed> before = new ArrayList<>();
    versions.values().forEach(v -> before.add(placed(v)));
    List<Placed> after = new ArrayList<>();
    int fresh = 0;
    boolean changed = false;
    for (Segment<Told> segment : segments) {
      Row old = versions.remove(segment.from());
      Object[] values = version(any, segment, old, durable);
      after.add(
          new Placed(
              segment.from(), segment.to(), old == null ? null : old.getLong(at.surrogateKey())));
      if (old != null && unchanged(old, values)) {
        continue;
      }
      out.add(row(VERSION, "U", changed ? null : note, old == null ? fresh++ : 0, values));
      changed = true;
    }
    for (Row gone : versions.values()) {
      out.add(row(VERSION, "D", changed ? null : note, 0, copy(gone)));
      changed = true;
    }
    if (known && changed) {
      for (KeyChange change : Timeline.changes(before, after)) {
        Object[] values = keyed(any);
        values[at.validFrom() - 1] = change.from();
        values[at.validTo() - 1] = change.to();
        out.add(row(INTERVAL, null, null, 0, values));
      }
    }
    return changed;
  }

  private boolean emptied(TreeMap<Long, Row> versions, List<Segment<Told>> segments) {
    Row before = versions.lastEntry().getValue();
    if (segments.isEmpty() || before.getBoolean(at.isDeleted())) {
      return false;
    }
    Segment<Told> now = segments.get(segments.size() - 1);
    for (int i = 0; !now.deleted() && i < at.attributes().size(); i++) {
      if (!before.isNullAt(at.attribute(i)) && value(now, i) == null) {
        return true;
      }
    }
    return false;
  }

  private Object value(Segment<Told> segment, int attribute) {
    Told from = attribute < at.type1() ? segment.type1Payload() : segment.type2Payload();
    return from.values()[attribute];
  }

  private Placed placed(Row version) {
    return new Placed(
        version.getLong(at.validFrom()),
        version.getLong(at.validTo()),
        version.getLong(at.surrogateKey()));
  }

  private Object[] version(Row any, Segment<Told> segment, Row old, Object durable) {
    Object[] values = keyed(any);
    for (int i = 0; i < at.attributes().size(); i++) {
      values[at.attribute(i) - 1] = value(segment, i);
    }
    values[at.surrogateKey() - 1] = old == null ? null : old.get(at.surrogateKey());
    values[at.durableKey() - 1] = durable;
    values[at.validFrom() - 1] = segment.from();
    values[at.validTo() - 1] = segment.to();
    values[at.isCurrent() - 1] = segment.current();
    values[at.versionNumber() - 1] = segment.version();
    values[at.isInferred() - 1] = false;
    values[at.isDeleted() - 1] = segment.deleted();
    return values;
  }

  private boolean unchanged(Row old, Object[] values) {
    for (int i = 0; i < at.attributes().size(); i++) {
      if (!MemberStory.same(old.get(at.attribute(i)), values[at.attribute(i) - 1])) {
        return false;
      }
    }
    for (int place = at.validTo(); place <= at.isDeleted(); place++) {
      if (!MemberStory.same(old.get(place), values[place - 1])) {
        return false;
      }
    }
    return true;
  }

  private Object[] keyed(Row any) {
    Object[] values = new Object[at.size() - 1];
    for (int i = 0; i < at.keys(); i++) {
      values[at.key(i) - 1] = any.get(at.key(i));
    }
    return values;
  }

  private Object[] copy(Row row) {
    Object[] values = new Object[at.size() - 1];
    for (int i = 1; i < at.size(); i++) {
      values[i - 1] = row.get(i);
    }
    return values;
  }

  private Object[] observation(Row row, String op, String note) {
    return row(OBSERVATION, op, note, 0, copy(row));
  }

  private static Object[] row(String out, String op, String note, int nth, Object[] values) {
    Object[] all = new Object[values.length + 4];
    all[0] = out;
    all[1] = op;
    all[2] = note;
    all[3] = nth;
    System.arraycopy(values, 0, all, 4, values.length);
    return all;
  }
}
