package dev.loadstar.bench.dimension;

import dev.loadstar.lake.Lake;
import dev.loadstar.lake.Lakes;
import dev.loadstar.lake.load.ProcessedLoad;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Brings both sides to where measuring starts, night after night. */
final class Preparation {
  private Preparation() {}

  /**
   * @param nights after the first load in which every member changes: so many versions are history
   */
  static DimensionStart of(SparkSession spark, Path folder, long members, int nights) {
    Path lakeFolder = folder.resolve("lake");
    Path rewritten = folder.resolve("rewritten");
    Lake lake = Lakes.open(lakeFolder.toString(), folder, Map.of());
    CustomerLoads loads = new CustomerLoads(spark, lake, members);
    FullRewrite other = new FullRewrite(spark, rewritten, 0);
    for (int number = 1; number <= 1 + nights; number++) {
      ProcessedLoad load = loads.everybody(number);
      LoadstarBuild.build(spark, lake, load.businessDate());
      if (number == 1) {
        other.begin(RewriteInFull.rows(spark, lake, load));
      } else {
        other.apply(RewriteInFull.rows(spark, lake, load));
      }
    }
    ProcessedLoad last = loads.twoPercent(2 + nights);
    return new DimensionStart(
        lakeFolder, rewritten, 1 + nights, last.businessDate(), last.balance().passed());
  }
}
