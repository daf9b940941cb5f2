package dev.loadstar.starschema.builder;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.core.quality.StarVerdict;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.spark.CandidateRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the rules say of a star before it is committed. */
record Judgement(BuildSession build, CandidateCheck check) {
  /**
   * @param head the commit that the candidate is computed from, which was judged
   * @param before its tables, in the form that tables have now
   * @param tables by name, as they would be committed
   * @throws LoadException {@code QUALITY_FAILED} that names every rule that failed
   */
  StarVerdict of(
      Optional<Commit> head,
      List<TableShape> published,
      Map<String, Table> before,
      Map<String, Table> tables) {
    StarVerdict verdict =
        check.check(
            build.spark(),
            published,
            new CandidateRows(build.tables(), before, tables),
            head.map(Commit::figures).orElse(Map.of()));
    List<QualityResult> results = verdict.results();
    List<QualityResult> failed = results.stream().filter(QualityResult::stopsTheRun).toList();
    if (!failed.isEmpty()) {
      throw new LoadException(
          ErrorCode.QUALITY_FAILED,
          failed.stream().map(this::failure).collect(Collectors.joining("\n")));
    }
    return verdict;
  }

  private String failure(QualityResult result) {
    return "Cannot commit the star of %s: %s, %s: found %s, expected %s. The published star is as it was; correct the data or the rule and run again."
        .formatted(
            build.date(), result.subject(), result.rule(), result.found(), result.expected());
  }
}
