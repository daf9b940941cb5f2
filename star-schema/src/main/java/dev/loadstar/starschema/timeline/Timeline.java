package dev.loadstar.starschema.timeline;

import dev.loadstar.starschema.model.DimensionModel.OnDelete;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * Turns the observations of one member into its versions. Pure, so safe to call from any thread.
 */
public final class Timeline {
  /** 1900-01-01T00:00Z: a member's first version holds for facts from before it was first seen. */
  public static final long BEGIN = -2_208_988_800_000_000L;

  /** 9999-12-31T00:00Z. */
  public static final long END = 253_402_214_400_000_000L;

  private Timeline() {}

  /**
   * Observations from outside {@link #BEGIN} to {@link #END} count as at its edge.
   *
   * @param observations in the order of effective time, then arrival; of those with one effective
   *     time the last counts
   * @param sameType2 whether two payloads agree in all type 2 attributes
   * @return segments in the order of time, without overlap; empty when nothing is to be shown
   * @throws IllegalArgumentException when the observations are out of order
   */
  public static <P> List<Segment<P>> fold(
      List<Observation<P>> observations, BiPredicate<P, P> sameType2, OnDelete onDelete) {
    List<Span<P>> spans = new ArrayList<>();
    P latestAlive = null;
    boolean anyAlive = false;
    for (Observation<P> observation : lastOfEachTime(observations)) {
      Span<P> last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
      if (!observation.deleted()) {
        latestAlive = observation.payload();
        anyAlive = true;
        if (last != null && !last.deleted && sameType2.test(last.payload, observation.payload())) {
          last.payload = observation.payload();
        } else {
          begin(spans, observation.effectiveMicros(), observation.payload(), false);
        }
      } else if (onDelete == OnDelete.CLOSE) {
        if (last != null && !last.deleted) {
          last.to = observation.effectiveMicros();
          last.deleted = true;
        }
      } else if (onDelete == OnDelete.MARK) {
        if (last == null) {
          begin(spans, BEGIN, observation.payload(), true);
        } else if (!last.deleted) {
          begin(spans, observation.effectiveMicros(), last.payload, true);
        } else if (!anyAlive) {
          last.payload = observation.payload();
        }
      }
    }
    List<Segment<P>> segments = new ArrayList<>(spans.size());
    for (Span<P> s : spans) {
      P type1 = anyAlive ? latestAlive : s.payload;
      int version = segments.size() + 1;
      segments.add(new Segment<>(s.from, s.to, s.payload, type1, version, s.to == END, s.deleted));
    }
    return segments;
  }

  private static <P> void begin(List<Span<P>> spans, long at, P payload, boolean deleted) {
    if (!spans.isEmpty()) {
      Span<P> last = spans.get(spans.size() - 1);
      last.to = Math.min(last.to, at);
    }
    spans.add(new Span<>(spans.isEmpty() ? BEGIN : at, payload, deleted));
  }

  private static <P> List<Observation<P>> lastOfEachTime(List<Observation<P>> observations) {
    List<Observation<P>> kept = new ArrayList<>(observations.size());
    long before = Long.MIN_VALUE;
    for (Observation<P> observation : observations) {
      if (observation.effectiveMicros() < before) {
        throw new IllegalArgumentException("observations must be in the order of effective time");
      }
      before = observation.effectiveMicros();
      long at = Math.max(BEGIN, Math.min(END - 1, before));
      if (!kept.isEmpty() && kept.get(kept.size() - 1).effectiveMicros() == at) {
        kept.remove(kept.size() - 1);
      }
      kept.add(new Observation<>(at, observation.deleted(), observation.payload()));
    }
    return kept;
  }

  /**
   * Where in time a fact would find another key than before, or one where there was none.
   *
   * @param before the versions as they were; without overlap, in any order
   * @param after the versions as they are; one without a key always differs
   * @return in the order of time, none touching the next
   */
  public static List<KeyChange> changes(List<Placed> before, List<Placed> after) {
    TreeSet<Long> bounds = new TreeSet<>();
    for (List<Placed> versions : List.of(before, after)) {
      for (Placed version : versions) {
        bounds.add(version.from());
        bounds.add(version.to());
      }
    }
    List<Placed> old = inOrder(before);
    List<Placed> now = inOrder(after);
    List<KeyChange> changes = new ArrayList<>();
    int i = 0;
    int j = 0;
    Long from = null;
    for (Long to : bounds) {
      if (from != null) {
        i = skipEnded(old, i, from);
        j = skipEnded(now, j, from);
        if (differ(at(old, i, from), at(now, j, from))) {
          add(changes, from, to);
        }
      }
      from = to;
    }
    return changes;
  }

  private static List<Placed> inOrder(List<Placed> versions) {
    return versions.stream().sorted(Comparator.comparingLong(Placed::from)).toList();
  }

  private static int skipEnded(List<Placed> versions, int index, long instant) {
    int next = index;
    while (next < versions.size() && versions.get(next).to() <= instant) {
      next++;
    }
    return next;
  }

  /** The version at an instant, or null. */
  private static Placed at(List<Placed> versions, int index, long instant) {
    return index < versions.size() && versions.get(index).from() <= instant
        ? versions.get(index)
        : null;
  }

  private static boolean differ(Placed old, Placed now) {
    if (old == null || now == null) {
      return old != now;
    }
    return now.keyOrNull() == null || !Objects.equals(old.keyOrNull(), now.keyOrNull());
  }

  private static void add(List<KeyChange> changes, long from, long to) {
    int last = changes.size() - 1;
    if (last >= 0 && changes.get(last).to() == from) {
      changes.set(last, new KeyChange(changes.get(last).from(), to));
    } else {
      changes.add(new KeyChange(from, to));
    }
  }

  /** A segment in the making. */
  private static final class Span<P> {
    private final long from;
    private long to = END;
    private P payload;
    private boolean deleted;

    private Span(long from, P payload, boolean deleted) {
      this.from = from;
      this.payload = payload;
      this.deleted = deleted;
    }
  }
}
