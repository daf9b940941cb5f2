package dev.loadstar.starschema.timeline;

import static dev.loadstar.starschema.timeline.Timeline.BEGIN;
import static dev.loadstar.starschema.timeline.Timeline.END;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.starschema.model.DimensionModel.OnDelete;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private record Customer(String city, String name) {}

  private static Observation<Customer> seen(long at, String city, String name) {
    return new Observation<>(at, false, new Customer(city, name));
  }

  private static Observation<Customer> gone(long at) {
    return new Observation<>(at, true, new Customer(null, null));
  }

  @SafeVarargs
  private static List<String> fold(OnDelete onDelete, Observation<Customer>... observations) {
    return Timeline.fold(
            List.of(observations), (a, b) -> java.util.Objects.equals(a.city(), b.city()), onDelete)
        .stream()
        .map(TimelineTest::shown)
        .toList();
  }

  private static String shown(Segment<Customer> s) {
    return "%d: %s to %s %s %s%s%s"
        .formatted(
            s.version(),
            s.from() == BEGIN ? "begin" : s.from(),
            s.to() == END ? "end" : s.to(),
            s.type2Payload().city(),
            s.type1Payload().name(),
            s.current() ? " current" : "",
            s.deleted() ? " deleted" : "");
  }

  @Test
  void edgesOfTimeAreTheDocumentedOnes() {
    assertThat(Instant.EPOCH.plus(BEGIN, ChronoUnit.MICROS)).hasToString("1900-01-01T00:00:00Z");
    assertThat(Instant.EPOCH.plus(END, ChronoUnit.MICROS)).hasToString("9999-12-31T00:00:00Z");
  }

  @Test
  void memberThatNeverChangesHasOneOpenVersion() {
    assertThat(fold(OnDelete.MARK, seen(10, "Rome", "Ann")))
        .containsExactly("1: begin to end Rome Ann current");
  }

  @Test
  void memberWithoutObservationsHasNoVersion() {
    assertThat(fold(OnDelete.MARK)).isEmpty();
  }

  @Test
  void changeOfTypeTwoBeginsVersionAndTypeOneIsTheLatestEverywhere() {
    assertThat(
            fold(
                OnDelete.MARK,
                seen(10, "Rome", "Ann"),
                seen(20, "Oslo", "Ann B."),
                seen(30, "Oslo", "Ann C.")))
        .containsExactly("1: begin to 20 Rome Ann C.", "2: 20 to end Oslo Ann C. current");
  }

  @Test
  void lateRowSplitsVersionThatWasConfirmedLater() {
    assertThat(fold(OnDelete.MARK, seen(1, "A", "x"), seen(3, "B", "x"), seen(5, "A", "x")))
        .containsExactly("1: begin to 3 A x", "2: 3 to 5 B x", "3: 5 to end A x current");
  }

  @Test
  void typeTwoPayloadIsTheLatestObservationWithinTheSegment() {
    List<Segment<Customer>> segments =
        Timeline.fold(
            List.of(seen(1, "A", "first"), seen(2, "A", "second"), seen(3, "B", "third")),
            (a, b) -> a.city().equals(b.city()),
            OnDelete.MARK);
    assertThat(segments)
        .extracting(s -> s.type2Payload().name())
        .containsExactly("second", "third");
  }

  @Test
  void closingEndsTheLastVersionAtTheDeletion() {
    assertThat(fold(OnDelete.CLOSE, seen(10, "Rome", "Ann"), gone(20), gone(25)))
        .containsExactly("1: begin to 20 Rome Ann deleted");
  }

  @Test
  void memberThatReturnsAfterClosingLeavesGap() {
    assertThat(
            fold(OnDelete.CLOSE, seen(10, "Rome", "Ann"), gone(20), seen(30, "Rome", "Ann again")))
        .containsExactly(
            "1: begin to 20 Rome Ann again deleted", "2: 30 to end Rome Ann again current");
  }

  @Test
  void markingBeginsDeletedVersionWithThePreviousAttributes() {
    assertThat(fold(OnDelete.MARK, seen(10, "Rome", "Ann"), gone(20), gone(25)))
        .containsExactly("1: begin to 20 Rome Ann", "2: 20 to end Rome Ann current deleted");
  }

  @Test
  void memberThatReturnsAfterMarkingBeginsVersion() {
    assertThat(fold(OnDelete.MARK, seen(10, "Rome", "Ann"), gone(20), seen(30, "Rome", "Ann")))
        .containsExactly(
            "1: begin to 20 Rome Ann",
            "2: 20 to 30 Rome Ann deleted",
            "3: 30 to end Rome Ann current");
  }

  @Test
  void ignoredDeletionLeavesNoTrace() {
    assertThat(fold(OnDelete.IGNORE, seen(10, "Rome", "Ann"), gone(20), seen(30, "Rome", "Bea")))
        .containsExactly("1: begin to end Rome Bea current");
  }

  @Test
  void memberThatWasOnlyEverDeletedShowsWhenMarkedAlone() {
    assertThat(fold(OnDelete.CLOSE, gone(5))).isEmpty();
    assertThat(fold(OnDelete.IGNORE, gone(5))).isEmpty();
    assertThat(fold(OnDelete.MARK, gone(5), gone(6)))
        .containsExactly("1: begin to end null null current deleted");
  }

  @Test
  void timesBeyondTheEdgesCountAsAtTheEdge() {
    assertThat(
            fold(
                OnDelete.MARK,
                seen(BEGIN - 2, "A", "x"),
                seen(BEGIN - 1, "B", "x"),
                seen(END + 5, "C", "y")))
        .containsExactly(
            "1: begin to " + (END - 1) + " B y", "2: " + (END - 1) + " to end C y current");
  }

  @Test
  void observationsOutOfOrderAreRefused() {
    assertThatThrownBy(() -> fold(OnDelete.MARK, seen(2, "A", "x"), seen(1, "A", "x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void splitVersionRepointsOnlyTheIntervalThatHasNewKey() {
    List<Placed> before = List.of(new Placed(0, 100, 7L));
    List<Placed> after =
        List.of(new Placed(0, 30, 7L), new Placed(30, 50, null), new Placed(50, 100, null));
    assertThat(Timeline.changes(before, after)).containsExactly(new KeyChange(30, 100));
  }

  @Test
  void mergedAndShiftedVersionsRepointWhatChangedHands() {
    List<Placed> before =
        List.of(new Placed(0, 10, 1L), new Placed(10, 20, 2L), new Placed(20, 40, 3L));
    List<Placed> after = List.of(new Placed(0, 20, 1L), new Placed(25, 40, 3L));
    assertThat(Timeline.changes(before, after)).containsExactly(new KeyChange(10, 25));
  }

  @Test
  void nothingChangesWhenVersionsStay() {
    List<Placed> same = List.of(new Placed(0, 10, 1L), new Placed(15, 20, 2L));
    assertThat(Timeline.changes(same, same)).isEmpty();
    assertThat(Timeline.changes(List.of(), List.of())).isEmpty();
  }

  @Test
  void firstVersionsOfNewMemberChangeEverything() {
    assertThat(Timeline.changes(List.of(), List.of(new Placed(BEGIN, END, null))))
        .containsExactly(new KeyChange(BEGIN, END));
  }

  @Test
  void versionWithoutKeyAlwaysDiffers() {
    List<Placed> keyless = List.of(new Placed(0, 10, null));
    assertThat(Timeline.changes(keyless, keyless)).containsExactly(new KeyChange(0, 10));
  }
}
