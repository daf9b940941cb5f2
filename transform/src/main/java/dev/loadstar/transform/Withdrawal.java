package dev.loadstar.transform;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.LeftOut;
import dev.loadstar.lake.load.Load;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.lake.load.SetAside;
import dev.loadstar.tables.stored.LakeTables;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/** Takes a raw load out of the way by hand, as long as nothing was made of it. Thread safe. */
public final class Withdrawal {
  private final Lake lake;
  private final Clock clock;
  private final Function<EntityName, EntityDeclaration> declarations;

  /**
   * @param declarations what the project says about an entity
   */
  public Withdrawal(Lake lake, Clock clock, Function<EntityName, EntityDeclaration> declarations) {
    this.lake = lake;
    this.clock = clock;
    this.declarations = declarations;
  }

  /**
   * Sets a load aside; a second time changes nothing. First it is marked, then, if it is the next
   * to be processed, its number is claimed, so that of a transform at the same moment and this one
   * wins. A later number is claimed by the transform that comes to it.
   *
   * @param reason a person's words; no values of rows
   * @return what stands there now, an earlier reason included
   * @throws LoadException {@code USAGE} when there is no such load, it is processed, or no reason
   */
  public SetAside setAside(EntityName entity, long number, String reason) {
    if (reason.isBlank()) {
      throw refused(entity, number, "no reason is given, expected a few words. Add --reason");
    }
    RawLoad raw = lake.raw().find(entity, number).orElseThrow(() -> unknown(entity, number));
    requireNotProcessed(raw);
    SetAside wanted =
        new SetAside(
            entity, number, reason.strip(), clock.instant().truncatedTo(ChronoUnit.MICROS));
    SetAside stands = lake.setAsides().add(wanted);
    Optional<ProcessedLoad> before = lake.processed().latest(entity);
    if (before.map(Load::number).orElse(0L) + 1 == number) {
      claim(raw, stands, before);
    }
    requireNotProcessed(raw);
    return stands;
  }

  private void claim(RawLoad raw, SetAside aside, Optional<ProcessedLoad> before) {
    LeftOut why = new LeftOut(Optional.empty(), aside.reason());
    EntityDeclaration declaration = declarations.apply(raw.entity());
    try {
      lake.processed()
          .claim(LeftOutLoad.of(raw, Optional.of(why), before, declaration, clock.instant()));
    } catch (LoadException e) {
      if (e.code() != ErrorCode.RUN_AHEAD) {
        throw e;
      }
      // A transform was quicker; whether with its rows, the caller looks.
    }
  }

  private void requireNotProcessed(RawLoad raw) {
    Optional<ProcessedLoad> processed = lake.processed().find(raw.entity(), raw.number());
    if (processed.isEmpty()) {
      return;
    }
    Optional<LeftOut> leftOut = processed.get().leftOut();
    if (leftOut.flatMap(LeftOut::supersededBy).isPresent()) {
      throw refused(
          raw.entity(),
          raw.number(),
          "load %d has superseded it, expected one that is not processed. Nothing is left to do"
              .formatted(leftOut.get().supersededBy().get()));
    }
    if (leftOut.isEmpty()) {
      throw refused(
          raw.entity(),
          raw.number(),
          "%s, expected one that is not. Correct the source and take its date anew with \"loadstar ingest --date %s --select %s --again\""
              .formatted(
                  inTheStar(raw) ? "its rows are in the star" : "it is processed already",
                  raw.businessDate(),
                  raw.entity()));
    }
  }

  private boolean inTheStar(RawLoad raw) {
    return LakeTables.of(lake)
        .head()
        .map(head -> head.consumed().getOrDefault(raw.entity(), 0L) >= raw.number())
        .orElse(false);
  }

  private LoadException unknown(EntityName entity, long number) {
    long latest = lake.raw().latest(entity).map(Load::number).orElse(0L);
    return refused(
        entity,
        number,
        latest == 0
            ? "it has no loads yet, expected one that was ingested. Correct the name"
            : "there is no such load, expected a number up to %d. \"loadstar status\" shows the latest"
                .formatted(latest));
  }

  private static LoadException refused(EntityName entity, long number, String found) {
    return new LoadException(
        ErrorCode.USAGE, "Cannot set aside load %d of %s: %s.".formatted(number, entity, found));
  }
}
