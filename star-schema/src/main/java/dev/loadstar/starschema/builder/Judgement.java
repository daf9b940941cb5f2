package dev.loadstar.starschema.builder;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableShape;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the rules say of a star before it is committed. */
record Judgement(BuildSession build, CandidateCheck check) {
  /**
   * @param tables by name, as they would be committed
   * @throws LoadException {@code QUALITY_FAILED} that names every rule that failed
   */
  List<QualityResult> of(List<TableShape> published, Map<String, Table> tables) {
    Map<String, Dataset<Row>> candidate = new ConcurrentHashMap<>(); // merged once, used by many
    List<QualityResult> results =
        check.check(
            build.spark(),
            published,
            name ->
                candidate.computeIfAbsent(
                    name, n -> build.tables().hold(build.tables().read(tables.get(n)))));
    List<QualityResult> failed = results.stream().filter(QualityResult::stopsTheRun).toList();
    if (!failed.isEmpty()) {
      throw new LoadException(
          ErrorCode.QUALITY_FAILED,
          failed.stream().map(this::failure).collect(Collectors.joining("\n")));
    }
    return results;
  }

  private String failure(QualityResult result) {
    return "Cannot commit the star of %s: %s, %s: found %s, expected %s. The published star is as it was; correct the data or the rule and run again."
        .formatted(
            build.date(), result.subject(), result.rule(), result.found(), result.expected());
  }
}
