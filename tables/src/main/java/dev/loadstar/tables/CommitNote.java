package dev.loadstar.tables;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.quality.QualityResult;
import java.math.BigDecimal;
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
    List<QualityResult> quality,
    Map<String, BigDecimal> figures) {
  public CommitNote {
    consumed = Map.copyOf(consumed);
    balance = List.copyOf(balance);
    quality = List.copyOf(quality);
    figures = Map.copyOf(figures);
  }

  /** Of a star without figures. */
  public CommitNote(
      LocalDate businessDate,
      LocalDate latestDate,
      String runId,
      Instant createdAt,
      Map<EntityName, Long> consumed,
      List<HopBalance> balance,
      List<QualityResult> quality) {
    this(businessDate, latestDate, runId, createdAt, consumed, balance, quality, Map.of());
  }
}
