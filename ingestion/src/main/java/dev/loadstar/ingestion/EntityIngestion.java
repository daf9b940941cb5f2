package dev.loadstar.ingestion;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.balance.RowBalance;
import dev.loadstar.core.crash.CrashPoint;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.time.BusinessDate;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.jdbc.Retry;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.LoadFiles;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.lake.load.RecordFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Makes one raw load of one entity. Not thread safe; used once. */
final class EntityIngestion {
  private final Lake lake;
  private final Clock clock;
  private final Retry retry;
  private final EntityName entity;
  private final BusinessDate date;

  EntityIngestion(Lake lake, Clock clock, Retry retry, EntityName entity, BusinessDate date) {
    this.lake = lake;
    this.clock = clock;
    this.retry = retry;
    this.entity = entity;
    this.date = date;
  }

  /**
   * @param adapter asked only when there is something to read
   */
  IngestResult run(Supplier<SourceAdapter<?>> adapter, IngestOptions options) {
    EarlierLoads earlier = new EarlierLoads(lake, entity);
    Optional<RawLoad> existing = earlier.of(date.date());
    if (existing.isPresent() && !options.again()) {
      return alreadyLoaded(existing.get());
    }
    Optional<RawLoad> readUpTo = earlier.readUpTo();
    Optional<RawLoad> since = existing.isPresent() ? earlier.before(existing.get()) : readUpTo;
    EntityRequest request = new EntityRequest(entity, date, readUpTo, since, options.asIs());
    try {
      return load(adapter.get(), request, earlier);
    } catch (LoadException e) {
      if (e.code() != ErrorCode.RUN_AHEAD || options.again()) {
        throw e;
      }
      // Another run of the date was quicker; its load is as good, and one of the two goes on.
      return new EarlierLoads(lake, entity)
          .of(date.date())
          .map(this::alreadyLoaded)
          .orElseThrow(() -> e);
    }
  }

  private IngestResult alreadyLoaded(RawLoad load) {
    return new IngestResult(
        entity,
        IngestResult.Outcome.ALREADY_LOADED,
        load.number(),
        load.balance().passed(),
        Duration.ZERO,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private <S extends Split> IngestResult load(
      SourceAdapter<S> adapter, EntityRequest request, EarlierLoads earlier) {
    Instant started = clock.instant();
    ExtractionPlan<S> plan = retrying(adapter, () -> adapter.plan(request));
    requireDate(plan, request, earlier);
    RawFiles files = new RawFiles(lake, entity, date, plan, started);
    long read = 0;
    LoadFiles written = LoadFiles.NONE;
    Set<String> fields = new LinkedHashSet<>();
    Map<String, String> bookmark = new LinkedHashMap<>(plan.bookmark());
    List<String> findings = new ArrayList<>(plan.findings());
    for (S split : plan.splits()) {
      RawFiles.Copied copied = retrying(adapter, () -> files.copy(adapter, split));
      read += copied.result().rows();
      written = written.and(copied.files());
      fields.addAll(copied.result().fields());
      bookmark.putAll(copied.result().bookmark());
      findings.addAll(copied.result().findings());
    }
    long rows = written.rows();
    RowBalance balance =
        new RowBalance(read, 0, rows, 0, 0, 0, 0, 0).require("ingest of " + entity);
    List<Column> seen = seen(plan, fields);
    // An empty night says nothing about columns and format, so what was known of them stays.
    Optional<RawLoad> latest = earlier.latest();
    Optional<RawLoad> known = rows == 0 && seen.isEmpty() ? latest : Optional.empty();
    List<Column> columns = known.map(RawLoad::columns).orElse(seen);
    RecordFormat format = known.map(RawLoad::format).orElse(plan.format());
    findings.addAll(Drift.between(latest, format, columns));
    CrashPoint.RAW_FILES_WRITTEN.reached();
    RawLoad load =
        new RawLoad(
            entity,
            earlier.nextNumber(),
            date.date(),
            earlier.latestDate(date.date()),
            files.attempt(),
            format,
            written,
            columns,
            plan.key(),
            plan.cursor(),
            plan.timezone().getId(),
            Optional.of(request.since().map(RawLoad::number).orElse(0L)),
            bookmark,
            balance,
            started);
    lake.raw().claim(load);
    CrashPoint.RAW_LOAD_CLAIMED.reached();
    return new IngestResult(
        entity,
        IngestResult.Outcome.LOADED,
        load.number(),
        rows,
        Duration.between(started, clock.instant()),
        findings,
        Optional.of(new HopBalance("ingest", entity.toString(), balance)),
        Optional.empty());
  }

  private <T> T retrying(SourceAdapter<?> adapter, Supplier<T> call) {
    return adapter.retriesItself() ? call.get() : retry.call(call);
  }

  private void requireDate(ExtractionPlan<?> plan, EntityRequest request, EarlierLoads earlier) {
    Optional<LocalDate> latest = earlier.latestDate();
    boolean old = latest.isPresent() && date.date().isBefore(latest.get());
    if (old && !plan.boundedByDate() && !request.asIs()) {
      throw new LoadException(
          ErrorCode.DATE_REFUSED,
          "Cannot ingest %s for %s: it has no change times and is loaded up to %s already, expected a later date. Its state of then is gone; to take today's state for that date use --as-is."
              .formatted(entity, date, latest.get()));
    }
  }

  private static List<Column> seen(ExtractionPlan<?> plan, Set<String> fields) {
    return plan.format() == RecordFormat.JSON
        ? fields.stream().map(name -> new Column(name, ColumnType.Simple.TEXT)).toList()
        : plan.columns();
  }
}
