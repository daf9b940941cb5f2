package dev.loadstar.transform;

import dev.loadstar.core.crash.CrashPoint;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.Load;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.tables.spark.SparkSettings;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * Standardizes and masks raw loads. Thread safe: entities may be transformed at the same time on
 * one session.
 */
public final class DataStandardizer {
  private final Supplier<SparkSession> spark;
  private final Lake lake;
  private final Clock clock;
  private final MaskingPass masking;
  private final Function<EntityName, EntityDeclaration> declarations;
  private final Optional<BigDecimal> quarantineGuard;

  /**
   * @param spark asked only when there is something to do, so that a night with nothing new never
   *     starts Spark; must answer the same session to every thread
   * @param declarations what the project says about an entity
   * @param quarantineGuard share of a load's rows that may be rejected, 0 to 1; empty for any
   */
  public DataStandardizer(
      Supplier<SparkSession> spark,
      Lake lake,
      Clock clock,
      MaskingPass masking,
      Function<EntityName, EntityDeclaration> declarations,
      Optional<BigDecimal> quarantineGuard) {
    this.spark = spark;
    this.lake = lake;
    this.clock = clock;
    this.masking = masking;
    this.declarations = declarations;
    this.quarantineGuard = quarantineGuard;
  }

  /** Raw loads that have no processed load yet, in order. */
  public List<RawLoad> pending(EntityName entity) {
    long done = lake.processed().latest(entity).map(Load::number).orElse(0L);
    return lake.raw().after(entity, done);
  }

  /**
   * Makes every pending raw load a processed one, in the order of their numbers, each claimed
   * before the next begins. Again does nothing.
   *
   * @return the loads that were claimed now
   * @throws dev.loadstar.core.error.LoadException {@code GUARD_EXCEEDED} when too many rows were
   *     rejected, {@code CONFIGURATION_INVALID} when a declaration or a masking rule does not fit
   */
  public List<ProcessedLoad> transform(EntityName entity) {
    List<ProcessedLoad> claimed = new ArrayList<>();
    for (RawLoad raw : pending(entity)) {
      LoadTransform transform =
          new LoadTransform(lake, raw, declarations.apply(entity), masking, clock.instant());
      ProcessedLoad processed =
          transform.run(() -> SparkSettings.forLoads(spark.get()), quarantineGuard);
      if (claim(processed)) {
        CrashPoint.PROCESSED_LOAD_CLAIMED.reached();
        claimed.add(processed);
      }
    }
    return claimed;
  }

  /** False when another run was quicker with the same raw load: its work is as good. */
  private boolean claim(ProcessedLoad processed) {
    try {
      lake.processed().claim(processed);
      return true;
    } catch (LoadException e) {
      boolean stands =
          e.code() == ErrorCode.RUN_AHEAD
              && lake.processed()
                  .latest(processed.entity())
                  .filter(latest -> latest.number() >= processed.number())
                  .isPresent();
      if (stands) {
        return false;
      }
      throw e;
    }
  }
}
