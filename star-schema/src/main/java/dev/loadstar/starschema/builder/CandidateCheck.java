package dev.loadstar.starschema.builder;

import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.core.quality.StarVerdict;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.spark.StarRows;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Judges a star before it becomes a commit. */
@FunctionalInterface
public interface CandidateCheck {
  /**
   * @param tables the published tables of the candidate
   * @param rows the candidate's rows, read when used
   * @param before the figures of the head
   * @return verdicts; one that {@link QualityResult#stopsTheRun()} keeps the commit from being made
   */
  StarVerdict check(
      SparkSession spark, List<TableShape> tables, StarRows rows, Map<String, BigDecimal> before);
}
