package dev.loadstar.app.step;

import dev.loadstar.app.masking.MaskerPass;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.masking.spark.Masker;
import dev.loadstar.masking.vault.TokenSource;
import dev.loadstar.masking.vault.TokenVault;
import dev.loadstar.transform.DataStandardizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Raw into processed: entities at the same time on one Spark session. */
final class TransformStep implements StepWork {
  /** Small entities leave cores idle while they plan and commit. */
  private static final int THREADS = 4;

  @Override
  public Step step() {
    return Step.TRANSFORM;
  }

  @Override
  public Done run(Workspace in, Remarks remarks) {
    Optional<TokenSource> vault =
        in.connections()
            .tokenVault()
            .map(address -> new TokenVault(address, in.connections().maskingKeys()));
    Masker masker = new Masker(in.project().masking(), in.connections().maskingKeys(), vault);
    Declarations declarations = new Declarations(in.project());
    DataStandardizer standardizer =
        new DataStandardizer(
            in.spark(),
            in.lake(),
            in.clock(),
            new MaskerPass(masker),
            declarations::of,
            in.project().settings().guards().quarantinedRows());
    List<EntityName> pending =
        in.selection().stream().filter(e -> !standardizer.pending(e).isEmpty()).toList();
    if (pending.isEmpty()) {
      return new Done(false, "no new loads");
    }
    List<ProcessedLoad> loads = concurrently(in, standardizer, pending);
    long passed = loads.stream().mapToLong(l -> l.balance().passed()).sum();
    long rejected = loads.stream().mapToLong(l -> l.balance().quarantined()).sum();
    in.project()
        .masking()
        .overdue(in.date().date())
        .forEach(
            (name, owner) ->
                remarks.finding(
                    "review of the policy for %s is overdue, owner %s".formatted(name, owner)));
    String summary =
        String.format(Locale.ROOT, "%,d rows of %d entities", passed, pending.size())
            + (rejected > 0 ? String.format(Locale.ROOT, ", %,d quarantined", rejected) : "");
    return new Done(true, summary);
  }

  private static List<ProcessedLoad> concurrently(
      Workspace in, DataStandardizer standardizer, List<EntityName> pending) {
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(THREADS, pending.size()));
    try {
      Map<EntityName, Future<List<ProcessedLoad>>> running = new LinkedHashMap<>();
      for (EntityName entity : pending) {
        running.put(
            entity,
            pool.submit(
                () -> {
                  List<ProcessedLoad> done = standardizer.transform(entity);
                  in.progress().part(Step.TRANSFORM, entity.toString());
                  return done;
                }));
      }
      List<ProcessedLoad> loads = new ArrayList<>();
      List<LoadException> failures = new ArrayList<>();
      for (var transform : running.entrySet()) {
        try {
          loads.addAll(transform.getValue().get());
        } catch (ExecutionException e) {
          failures.add(failure(transform.getKey(), e.getCause()));
        }
      }
      if (!failures.isEmpty()) {
        throw LoadException.all(failures);
      }
      return loads;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadException(
          ErrorCode.UNREACHABLE, "Cannot finish transform: the run was interrupted. Run again.", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static LoadException failure(EntityName entity, Throwable thrown) {
    return thrown instanceof LoadException known
        ? known
        : new LoadException(
            ErrorCode.INTERNAL,
            "Cannot transform %s: found an unexpected %s. Please report this with the log."
                .formatted(entity, thrown.getClass().getSimpleName()),
            thrown);
  }
}
