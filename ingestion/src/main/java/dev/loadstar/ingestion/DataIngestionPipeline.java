package dev.loadstar.ingestion;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.time.BusinessDate;
import dev.loadstar.ingestion.model.EntityModel;
import dev.loadstar.ingestion.model.SourceModel;
import dev.loadstar.ingestion.model.Sources;
import dev.loadstar.jdbc.Retry;
import dev.loadstar.jdbc.Retry.RetryPolicySettings;
import dev.loadstar.lake.Lake;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Copies entities into the raw layer, several at a time; one that fails does not stop the others.
 * Thread safe.
 */
public final class DataIngestionPipeline {
  /**
   * What a source that is not required may do: be away, lack what it is asked for, no longer know
   * its state of an old date, or bring what makes no sense. Everything else is somebody's mistake,
   * refused credentials above all, and a night that goes on would hide it.
   */
  private static final Set<ErrorCode> FORGIVEN =
      Set.of(
          ErrorCode.UNREACHABLE,
          ErrorCode.NOT_FOUND,
          ErrorCode.DATE_REFUSED,
          ErrorCode.DRIFT_REFUSED,
          ErrorCode.SCHEMA_MISMATCH,
          ErrorCode.SOURCE_DATA_UNREADABLE);

  private final Lake lake;
  private final Sources sources;
  private final Function<SourceModel, SourceAdapter<?>> adapters;
  private final Clock clock;
  private final Retry retry;
  private final int threads;
  private final Map<String, SourceAdapter<?>> open = new ConcurrentHashMap<>();

  /**
   * @param adapters asked once per source, when its first entity is read; normally {@link
   *     SourceAdapters#of}
   * @param clock for {@code _ingested_at} and the times of loads
   * @param threads how many entities are read at the same time
   */
  public DataIngestionPipeline(
      Lake lake,
      Sources sources,
      Function<SourceModel, SourceAdapter<?>> adapters,
      Clock clock,
      RetryPolicySettings retry,
      int threads) {
    this.lake = lake;
    this.sources = sources;
    this.adapters = adapters;
    this.clock = clock;
    this.retry = new Retry(retry);
    this.threads = threads;
  }

  /** As the other, without listening. */
  public List<IngestResult> ingest(
      BusinessDate date, Collection<EntityName> selection, IngestOptions options) {
    return ingest(date, selection, options, result -> {});
  }

  /**
   * Makes sure that every entity has a load of the date.
   *
   * @param finished told about every entity as it ends, failed ones included, from any thread but
   *     one at a time; so a report is complete even when this method throws
   * @return in the order of the selection
   * @throws LoadException when a required entity failed, after all others ended: every failure in
   *     the message, and the code of the kind that matters most
   */
  public List<IngestResult> ingest(
      BusinessDate date,
      Collection<EntityName> selection,
      IngestOptions options,
      Consumer<IngestResult> finished) {
    List<EntityModel> entities = selection.stream().distinct().map(this::declared).toList();
    List<IngestResult> results = new ArrayList<>();
    ExecutorService pool =
        Executors.newFixedThreadPool(Math.max(1, Math.min(threads, entities.size())));
    try {
      List<Future<IngestResult>> running = new ArrayList<>();
      for (EntityModel entity : entities) {
        running.add(
            pool.submit(
                () -> {
                  IngestResult result = settle(entity, date, options);
                  synchronized (finished) {
                    finished.accept(result);
                  }
                  return result;
                }));
      }
      for (Future<IngestResult> future : running) {
        results.add(future.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadException(
          ErrorCode.UNREACHABLE, "Cannot finish ingest: the run was interrupted. Run again.", e);
    } catch (ExecutionException e) {
      throw internal("ingest", e.getCause());
    } finally {
      pool.shutdownNow();
    }
    requireAll(results);
    return List.copyOf(results);
  }

  private EntityModel declared(EntityName name) {
    return sources
        .entity(name)
        .orElseThrow(
            () ->
                new LoadException(
                    ErrorCode.USAGE,
                    "Cannot ingest %s: no source has it, expected an entity of sources.yaml. Correct the name."
                        .formatted(name)));
  }

  private IngestResult settle(EntityModel entity, BusinessDate date, IngestOptions options) {
    LoadException failure;
    try {
      EntityIngestion ingestion = new EntityIngestion(lake, clock, retry, entity.name(), date);
      return ingestion.run(() -> adapter(entity.name()), options);
    } catch (LoadException e) {
      failure = e;
    } catch (RuntimeException e) {
      failure = internal("ingest " + entity.name(), e);
    }
    boolean optional = !entity.required() && FORGIVEN.contains(failure.code());
    return new IngestResult(
        entity.name(),
        optional ? IngestResult.Outcome.SKIPPED_OPTIONAL : IngestResult.Outcome.FAILED,
        0,
        0,
        Duration.ZERO,
        optional
            ? List.of("skipped, since it is not required: " + failure.getMessage())
            : List.of(),
        Optional.empty(),
        Optional.of(failure));
  }

  private SourceAdapter<?> adapter(EntityName entity) {
    return open.computeIfAbsent(
        entity.source(), name -> adapters.apply(sources.source(name).orElseThrow()));
  }

  private static LoadException internal(String action, Throwable cause) {
    return new LoadException(
        ErrorCode.INTERNAL,
        "Cannot %s: found an unexpected %s. Please report this with the log."
            .formatted(action, cause.getClass().getSimpleName()),
        cause);
  }

  private static void requireAll(List<IngestResult> results) {
    List<LoadException> failures =
        results.stream()
            .filter(result -> result.outcome() == IngestResult.Outcome.FAILED)
            .map(DataIngestionPipeline::named)
            .toList();
    if (!failures.isEmpty()) {
      throw LoadException.all(failures);
    }
  }

  private static LoadException named(IngestResult result) {
    LoadException failure = result.failure().orElseThrow();
    return new LoadException(
        failure.code(), result.entity() + ": " + failure.getMessage(), failure);
  }
}
