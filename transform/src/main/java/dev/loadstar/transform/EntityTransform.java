package dev.loadstar.transform;

import dev.loadstar.core.crash.CrashPoint;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.LeftOut;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.load.RawLoad;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes the pending raw loads of one entity processed ones, in order. One that is refused gives way
 * to a later one of its date that is not; without such a one it stops here. Used once.
 */
final class EntityTransform {
  /**
   * What says something about the load. Everything else (a vault that is away, a mistake of ours)
   * says nothing about it, and another load would not get further.
   */
  private static final Set<ErrorCode> REFUSALS =
      Set.of(
          ErrorCode.GUARD_EXCEEDED,
          ErrorCode.CONFIGURATION_INVALID,
          ErrorCode.SCHEMA_MISMATCH,
          ErrorCode.DRIFT_REFUSED,
          ErrorCode.SOURCE_DATA_UNREADABLE);

  private final Lake lake;
  private final Clock clock;
  private final EntityName entity;
  private final EntityDeclaration declaration;
  private final List<RawLoad> pending;
  private final Function<RawLoad, ProcessedLoad> transform;
  private final Map<Long, Attempt> attempts = new HashMap<>();
  private Optional<ProcessedLoad> before;

  /** How transforming a load went; nothing is claimed yet. */
  private record Attempt(Optional<ProcessedLoad> processed, Optional<LoadException> refusal) {}

  /**
   * @param pending loads in order; the first is the one after the last that is processed
   * @param transform writes a load's files and describes them
   */
  EntityTransform(
      Lake lake,
      Clock clock,
      EntityName entity,
      EntityDeclaration declaration,
      List<RawLoad> pending,
      Function<RawLoad, ProcessedLoad> transform) {
    this.lake = lake;
    this.clock = clock;
    this.entity = entity;
    this.declaration = declaration;
    this.pending = pending;
    this.transform = transform;
    this.before = lake.processed().latest(entity);
  }

  static boolean isRefusal(LoadException failure) {
    return REFUSALS.contains(failure.code());
  }

  void run(Consumer<ProcessedLoad> claimed) {
    for (RawLoad raw : pending) {
      ProcessedLoad processed = setAside(raw).orElseGet(() -> accepted(raw));
      if (claim(processed)) {
        CrashPoint.PROCESSED_LOAD_CLAIMED.reached();
        claimed.accept(processed);
      }
      before = lake.processed().find(entity, raw.number());
    }
  }

  private Optional<ProcessedLoad> setAside(RawLoad raw) {
    return lake.setAsides()
        .find(entity, raw.number())
        .map(aside -> leftOut(raw, new LeftOut(Optional.empty(), aside.reason()), before));
  }

  private ProcessedLoad accepted(RawLoad raw) {
    Attempt attempt = attempt(raw);
    ProcessedLoad processed =
        attempt.processed().orElseGet(() -> superseded(raw, attempt.refusal().orElseThrow()));
    // Somebody may have set it aside meanwhile.
    return setAside(raw).orElse(processed);
  }

  private ProcessedLoad superseded(RawLoad raw, LoadException refusal) {
    for (RawLoad later : pending) {
      if (later.number() > raw.number()
          && later.businessDate().equals(raw.businessDate())
          && lake.setAsides().find(entity, later.number()).isEmpty()) {
        Attempt other = attempt(later);
        if (other.processed().isPresent()) {
          LeftOut why = new LeftOut(Optional.of(later.number()), refusal.getMessage());
          return leftOut(raw, why, other.processed());
        }
      }
    }
    throw blocked(raw, refusal);
  }

  private Attempt attempt(RawLoad raw) {
    Attempt known = attempts.get(raw.number());
    if (known == null) {
      known = freshAttempt(raw);
      attempts.put(raw.number(), known);
    }
    return known;
  }

  private Attempt freshAttempt(RawLoad raw) {
    try {
      return new Attempt(Optional.of(transform.apply(raw)), Optional.empty());
    } catch (LoadException e) {
      if (!isRefusal(e)) {
        throw e;
      }
      if (raw.files().isEmpty()) {
        // Without rows there is nothing to refuse; its columns are those of a load before it.
        return new Attempt(Optional.of(described(raw, Optional.empty(), before)), Optional.empty());
      }
      return new Attempt(Optional.empty(), Optional.of(e));
    }
  }

  private ProcessedLoad leftOut(RawLoad raw, LeftOut why, Optional<ProcessedLoad> beside) {
    return described(raw, Optional.of(why), beside);
  }

  private ProcessedLoad described(
      RawLoad raw, Optional<LeftOut> why, Optional<ProcessedLoad> beside) {
    return LeftOutLoad.of(raw, why, beside, declaration, clock.instant());
  }

  /** False when another run was quicker with the same raw load: its work is as good. */
  private boolean claim(ProcessedLoad processed) {
    try {
      lake.processed().claim(processed);
      return true;
    } catch (LoadException e) {
      boolean stands =
          e.code() == ErrorCode.RUN_AHEAD
              && lake.processed().find(entity, processed.number()).isPresent();
      if (stands) {
        return false;
      }
      throw e;
    }
  }

  private LoadException blocked(RawLoad raw, LoadException refusal) {
    long waiting = pending.get(pending.size() - 1).number() - raw.number();
    boolean old = pending.stream().anyMatch(l -> l.businessDate().isAfter(raw.businessDate()));
    return new LoadException(
        refusal.code(),
        "%s Load %d of %s%s. When the source is mended, take it anew with \"loadstar ingest --date %s --select %s --again%s\"; or withdraw it with \"loadstar set-aside %s --load %d --reason ...\"."
            .formatted(
                refusal.getMessage(),
                raw.number(),
                raw.businessDate(),
                waiting == 0
                    ? " is not loaded, and later ones will wait for it"
                    : " is not loaded, and %d later one%s of %s wait%s for it"
                        .formatted(
                            waiting, waiting == 1 ? "" : "s", entity, waiting == 1 ? "s" : ""),
                raw.businessDate(),
                entity,
                old ? " --as-is" : "",
                entity,
                raw.number()),
        refusal);
  }
}
