package dev.loadstar.starschema.builder;

import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.tables.TableShape;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Judges a star before it becomes a commit. */
@FunctionalInterface
public interface CandidateCheck {
  /**
   * @param tables the published tables of the candidate
   * @param rows the candidate's rows of a table by name, read when used
   * @return verdicts; one that {@link QualityResult#stopsTheRun()} keeps the commit from being made
   */
  List<QualityResult> check(
      SparkSession spark, List<TableShape> tables, Function<String, Dataset<Row>> rows);
}
