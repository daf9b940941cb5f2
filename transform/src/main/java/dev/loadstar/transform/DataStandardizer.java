package dev.loadstar.transform;

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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * Standardizes and masks raw loads. Thread safe: entities may be transformed at the same time on
 * one session.
 */
public final class DataStandardizer {
  /** Up to so many rows of a load are over before Spark has begun. */
  private static final long FEW_ROWS = 100_000;

  private final Supplier<SparkSession> spark;
  private final Lake lake;
  private final Clock clock;
  private final MaskingPass masking;
  private final Function<EntityName, EntityDeclaration> declarations;
  private final Optional<BigDecimal> quarantineGuard;
  private final long fewRows;

  /**
   * @param spark asked only for loads of many rows and for what only it can decide; must answer the
   *     same session to every thread
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
    this(spark, lake, clock, masking, declarations, quarantineGuard, FEW_ROWS);
  }

  DataStandardizer(
      Supplier<SparkSession> spark,
      Lake lake,
      Clock clock,
      MaskingPass masking,
      Function<EntityName, EntityDeclaration> declarations,
      Optional<BigDecimal> quarantineGuard,
      long fewRows) {
    this.fewRows = fewRows;
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

  /** As the other, without listening. */
  public List<ProcessedLoad> transform(EntityName entity) {
    return transform(entity, load -> {});
  }

  /**
   * Makes every pending raw load a processed one, in the order of their numbers, each claimed
   * before the next begins. One that was set aside is claimed without its rows, and so is one that
   * is refused while a later one of the same date is not. Again does nothing.
   *
   * @param claimed told about every load that was claimed now, also when this method throws
   * @return the loads that were claimed now
   * @throws LoadException {@code GUARD_EXCEEDED} when too many rows were rejected, {@code
   *     CONFIGURATION_INVALID} when a declaration or a masking rule does not fit; both say how to
   *     go on
   */
  public List<ProcessedLoad> transform(EntityName entity, Consumer<ProcessedLoad> claimed) {
    List<RawLoad> pending = pending(entity);
    List<ProcessedLoad> all = new ArrayList<>();
    EntityDeclaration declaration = declarations.apply(entity);
    new EntityTransform(
            lake, clock, entity, declaration, pending, raw -> transform(raw, declaration))
        .run(
            load -> {
              all.add(load);
              claimed.accept(load);
            });
    return all;
  }

  private ProcessedLoad transform(RawLoad raw, EntityDeclaration declaration) {
    return new LoadTransform(lake, raw, declaration, masking, clock.instant())
        .run(
            () -> SparkSettings.forLoads(spark.get(), raw.files().rows()),
            fewRows,
            quarantineGuard);
  }

  /** Whether a failure is about the load that was to be transformed, and about no other. */
  public static boolean isRefusal(LoadException failure) {
    return EntityTransform.isRefusal(failure);
  }
}
