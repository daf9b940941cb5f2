package dev.loadstar.starschema.builder;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.tables.Commit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a build did.
 *
 * @param head the newest commit afterwards; empty when nothing was ever built
 * @param committed whether this build made it
 * @param dimensions by table name
 * @param findings worth a person's attention; no values
 */
public record BuildResult(
    Optional<Commit> head,
    boolean committed,
    List<HopBalance> balance,
    List<QualityResult> quality,
    Map<String, DimensionChange> dimensions,
    List<String> findings) {
  /**
   * @param newVersions version rows with a new key, inferred ones included
   * @param changedVersions version rows whose content or interval changed
   * @param removedVersions version rows that late data did away with
   * @param inferredMembers members that only facts know
   */
  public record DimensionChange(
      long newVersions, long changedVersions, long removedVersions, long inferredMembers) {}
}
