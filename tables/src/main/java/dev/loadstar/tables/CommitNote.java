package dev.loadstar.tables;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.quality.QualityResult;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** What a commit says beside its tables; see {@link Commit}. */
public record CommitNote(
    LocalDate businessDate,
    LocalDate latestDate,
    String runId,
    Instant createdAt,
    Map<EntityName, Long> consumed,
    List<HopBalance> balance,
    List<QualityResult> quality) {
  public CommitNote {
    consumed = Map.copyOf(consumed);
    balance = List.copyOf(balance);
    quality = List.copyOf(quality);
  }
}
