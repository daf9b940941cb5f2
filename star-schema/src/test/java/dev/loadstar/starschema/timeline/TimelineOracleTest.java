package dev.loadstar.starschema.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.starschema.model.DimensionModel.OnDelete;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fold against an evaluation of every single instant that knows no segments. */
class TimelineOracleTest {
  private static final int HISTORIES = 2_000;
  private static final int INSTANTS = 14;

  private record Payload(int type2, int type1, int arrival) {}

  private record Arrived(int arrival, Observation<Payload> observation) {}

  /** What a reader sees at one instant: attributes and whether the member is gone. */
  private record Seen(int type2, boolean deleted) {}

  @ParameterizedTest
  @EnumSource(OnDelete.class)
  void everyInstantShowsWhatTheOracleSays(OnDelete onDelete) {
    Random random = new Random(20_261_120L + onDelete.ordinal());
    int withGap = 0;
    int withSeveral = 0;
    for (int n = 0; n < HISTORIES; n++) {
      List<Arrived> history = history(random);
      List<Segment<Payload>> segments = fold(collapse(history), onDelete);
      check(history, segments, onDelete);
      withGap += gaps(segments) > 0 ? 1 : 0;
      withSeveral += segments.size() > 2 ? 1 : 0;
    }
    assertThat(withSeveral).isGreaterThan(HISTORIES / 10);
    assertThat(withGap > 0).isEqualTo(onDelete == OnDelete.CLOSE);
  }

  @ParameterizedTest
  @EnumSource(OnDelete.class)
  void nightsInAnyShapeEndLikeAllAtOnce(OnDelete onDelete) {
    Random random = new Random(7L + onDelete.ordinal());
    for (int n = 0; n < HISTORIES; n++) {
      List<Arrived> history = history(random);
      List<Segment<Payload>> atOnce = fold(collapse(history), onDelete);
      TreeMap<Long, Arrived> kept = new TreeMap<>();
      List<Segment<Payload>> segments = List.of();
      for (int done = 0; done < history.size(); ) {
        int end = Math.min(history.size(), done + 1 + random.nextInt(4));
        List<Arrived> night = new ArrayList<>(history.subList(done, end));
        Collections.shuffle(night, random); // within a night, rows come in no order
        for (Arrived row : night) {
          kept.merge(
              row.observation().effectiveMicros(),
              row,
              (old, now) -> old.arrival() > now.arrival() ? old : now);
        }
        List<Segment<Payload>> next = fold(kept.values(), onDelete);
        checkChanges(segments, next);
        segments = next;
        done = end;
      }
      assertThat(segments).isEqualTo(atOnce);
    }
  }

  /** Effective times are few and arrivals many, so times collide and rows come late. */
  private static List<Arrived> history(Random random) {
    List<Arrived> history = new ArrayList<>();
    int size = random.nextInt(12);
    for (int arrival = 0; arrival < size; arrival++) {
      Payload payload = new Payload(random.nextInt(3), random.nextInt(100), arrival);
      boolean deleted = random.nextInt(4) == 0;
      history.add(
          new Arrived(arrival, new Observation<>(random.nextInt(INSTANTS), deleted, payload)));
    }
    return history;
  }

  private static Collection<Arrived> collapse(List<Arrived> history) {
    TreeMap<Long, Arrived> kept = new TreeMap<>();
    history.forEach(row -> kept.put(row.observation().effectiveMicros(), row));
    return kept.values();
  }

  private static List<Segment<Payload>> fold(Collection<Arrived> rows, OnDelete onDelete) {
    return Timeline.fold(
        rows.stream().map(Arrived::observation).toList(),
        (a, b) -> a.type2() == b.type2(),
        onDelete);
  }

  private static void check(
      List<Arrived> history, List<Segment<Payload>> segments, OnDelete onDelete) {
    for (long instant = -1; instant <= INSTANTS; instant++) {
      assertThat(shown(segments, instant))
          .as("%s at %d of %s", onDelete, instant, history)
          .isEqualTo(truth(history, instant, onDelete));
    }
    Optional<Payload> type1 = latest(history, Long.MAX_VALUE, true);
    for (int i = 0; i < segments.size(); i++) {
      Segment<Payload> segment = segments.get(i);
      assertThat(segment.version()).isEqualTo(i + 1);
      assertThat(segment.from()).isLessThan(segment.to());
      assertThat(segment.current()).isEqualTo(segment.to() == Timeline.END);
      type1.ifPresent(t -> assertThat(segment.type1Payload()).isEqualTo(t));
      if (i == 0) {
        assertThat(segment.from()).isEqualTo(Timeline.BEGIN);
        continue;
      }
      Segment<Payload> before = segments.get(i - 1);
      assertThat(before.to()).isLessThanOrEqualTo(segment.from());
      if (before.to() == segment.from()) {
        assertThat(new Seen(before.type2Payload().type2(), before.deleted()))
            .as("neighbours differ, else they were one")
            .isNotEqualTo(new Seen(segment.type2Payload().type2(), segment.deleted()));
      }
    }
  }

  /** Independent of the fold: looks back from the instant, never forward through segments. */
  private static Optional<Seen> truth(List<Arrived> history, long instant, OnDelete onDelete) {
    List<Arrived> times = List.copyOf(collapse(history));
    Optional<Long> firstAlive =
        times.stream()
            .filter(row -> !row.observation().deleted())
            .map(row -> row.observation().effectiveMicros())
            .findFirst();
    boolean shows = firstAlive.isPresent() || (onDelete == OnDelete.MARK && !times.isEmpty());
    if (!shows) {
      return Optional.empty();
    }
    Optional<Payload> alive = latest(history, instant, true);
    Optional<Arrived> any =
        times.stream()
            .filter(row -> row.observation().effectiveMicros() <= instant)
            .max(Comparator.comparingLong(row -> row.observation().effectiveMicros()));
    boolean gone = any.isPresent() && any.get().observation().deleted();
    boolean beganGone = times.get(0).observation().deleted();
    switch (onDelete) {
      case IGNORE:
        return Optional.of(
            new Seen(
                alive.or(() -> latest(history, firstAlive.orElseThrow(), true)).get().type2(),
                false));
      case CLOSE:
        if (alive.isEmpty()) { // before the first: its first values hold since ever
          return latest(history, firstAlive.orElseThrow(), true)
              .map(p -> new Seen(p.type2(), false));
        }
        return gone ? Optional.empty() : alive.map(p -> new Seen(p.type2(), false));
      default:
        if (alive.isPresent()) {
          return alive.map(p -> new Seen(p.type2(), gone));
        }
        if (!beganGone) {
          return latest(history, firstAlive.orElseThrow(), true)
              .map(p -> new Seen(p.type2(), false));
        }
        // Gone since ever: the last of the deletions before the member first came.
        return latest(history, firstAlive.map(t -> t - 1).orElse(Long.MAX_VALUE), false)
            .map(p -> new Seen(p.type2(), true));
    }
  }

  /** The latest row up to an instant, of the last arrivals per time. */
  private static Optional<Payload> latest(List<Arrived> history, long upTo, boolean aliveOnly) {
    return collapse(history).stream()
        .map(Arrived::observation)
        .filter(o -> o.effectiveMicros() <= upTo && !(aliveOnly && o.deleted()))
        .max(Comparator.comparingLong(Observation::effectiveMicros))
        .map(Observation::payload);
  }

  /** Where deletions close, a version's mark says how it ended: while it holds, nobody is gone. */
  private static Optional<Seen> shown(List<Segment<Payload>> segments, long instant) {
    List<Segment<Payload>> there =
        segments.stream().filter(s -> s.from() <= instant && instant < s.to()).toList();
    assertThat(there).hasSizeLessThanOrEqualTo(1);
    boolean closes = gaps(segments) > 0;
    return there.stream()
        .findFirst()
        .map(s -> new Seen(s.type2Payload().type2(), s.deleted() && !closes));
  }

  /** Gaps between segments or after the last. */
  private static int gaps(List<Segment<Payload>> segments) {
    int gaps = 0;
    for (int i = 0; i < segments.size(); i++) {
      long next = i + 1 < segments.size() ? segments.get(i + 1).from() : Timeline.END;
      gaps += segments.get(i).to() < next ? 1 : 0;
    }
    return gaps;
  }

  /** Keys stay with the start of a version; changes must name exactly the instants that differ. */
  private static void checkChanges(List<Segment<Payload>> before, List<Segment<Payload>> after) {
    List<Placed> old = placed(before, before);
    List<Placed> now = placed(after, before);
    List<KeyChange> changes = Timeline.changes(old, now);
    for (long instant = -1; instant <= INSTANTS; instant++) {
      long t = instant;
      Optional<Placed> was = old.stream().filter(p -> p.from() <= t && t < p.to()).findFirst();
      Optional<Placed> is = now.stream().filter(p -> p.from() <= t && t < p.to()).findFirst();
      boolean fresh = is.isPresent() && is.get().keyOrNull() == null;
      boolean differs = fresh || !was.map(Placed::keyOrNull).equals(is.map(Placed::keyOrNull));
      assertThat(changes.stream().anyMatch(c -> c.from() <= t && t < c.to())).isEqualTo(differs);
    }
    for (int i = 1; i < changes.size(); i++) {
      assertThat(changes.get(i - 1).to()).isLessThan(changes.get(i).from());
    }
  }

  private static List<Placed> placed(
      List<Segment<Payload>> segments, List<Segment<Payload>> keyed) {
    return segments.stream()
        .map(
            s -> {
              boolean known = keyed.stream().anyMatch(k -> k.from() == s.from());
              return new Placed(s.from(), s.to(), known ? Long.valueOf(s.from()) : null);
            })
        .toList();
  }
}
