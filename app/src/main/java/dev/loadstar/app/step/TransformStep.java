package dev.loadstar.app.step;

import dev.loadstar.app.masking.MaskerPass;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.load.LeftOut;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.masking.spark.Masker;
import dev.loadstar.masking.vault.TokenSource;
import dev.loadstar.masking.vault.TokenVault;
import dev.loadstar.transform.DataStandardizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

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
    List<EntityName> pending = largestFirst(in, standardizer);
    if (pending.isEmpty()) {
      return new Done(false, "no new loads");
    }
    List<ProcessedLoad> loads = Collections.synchronizedList(new ArrayList<>());
    int skipped;
    try {
      skipped = concurrently(in, standardizer, pending, loads::add, remarks);
    } finally {
      loads.forEach(load -> load.leftOut().ifPresent(why -> remarks.finding(words(load, why))));
    }
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
        String.format(Locale.ROOT, "%,d rows of %d entities", passed, pending.size() - skipped)
            + (rejected > 0 ? String.format(Locale.ROOT, ", %,d quarantined", rejected) : "")
            + (skipped > 0 ? ", %d skipped".formatted(skipped) : "");
    return new Done(true, summary);
  }

  /** Those that have something to do; one that takes long and begins last would end alone. */
  private static List<EntityName> largestFirst(Workspace in, DataStandardizer standardizer) {
    Map<EntityName, Long> rows = new LinkedHashMap<>();
    for (EntityName entity : in.selection()) {
      List<RawLoad> pending = standardizer.pending(entity);
      if (!pending.isEmpty()) {
        rows.put(entity, pending.stream().mapToLong(load -> load.files().rows()).sum());
      }
    }
    return rows.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns how many were refused and are not required. */
  private static int concurrently(
      Workspace in,
      DataStandardizer standardizer,
      List<EntityName> pending,
      Consumer<ProcessedLoad> claimed,
      Remarks remarks) {
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(THREADS, pending.size()));
    try {
      Map<EntityName, Future<?>> running = new LinkedHashMap<>();
      for (EntityName entity : pending) {
        running.put(
            entity,
            pool.submit(
                () -> {
                  var unused = standardizer.transform(entity, claimed);
                  in.progress().part(Step.TRANSFORM, entity.toString());
                }));
      }
      List<LoadException> failures = new ArrayList<>();
      int skipped = 0;
      for (var transform : running.entrySet()) {
        try {
          transform.getValue().get();
        } catch (ExecutionException e) {
          LoadException failure = failure(transform.getKey(), e.getCause());
          if (isOptional(in, transform.getKey()) && DataStandardizer.isRefusal(failure)) {
            skipped++;
            remarks.finding(
                transform.getKey()
                    + ": skipped, since it is not required: "
                    + failure.getMessage());
          } else {
            failures.add(failure);
          }
        }
      }
      if (!failures.isEmpty()) {
        throw LoadException.all(failures);
      }
      return skipped;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadException(
          ErrorCode.UNREACHABLE, "Cannot finish transform: the run was interrupted. Run again.", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static boolean isOptional(Workspace in, EntityName entity) {
    return in.project().sources().entity(entity).filter(e -> !e.required()).isPresent();
  }

  private static String words(ProcessedLoad load, LeftOut why) {
    String what =
        why.supersededBy()
            .map(later -> "was refused and is superseded by load " + later)
            .orElse("was set aside");
    return "%s: load %d of %s %s: %s"
        .formatted(load.entity(), load.number(), load.businessDate(), what, why.reason());
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
