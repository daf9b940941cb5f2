package dev.loadstar.bench.dimension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.bench.harness.LocalSpark;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.Lakes;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The side that Loadstar is compared with must be right too. */
class FullRewriteIT {
  @TempDir Path folder;

  @Test
  void changedMembersGetOneMoreVersionAndNobodyElseDoes() {
    SparkSession spark = LocalSpark.start();
    Lake lake = Lakes.open("lake", folder, Map.of());
    CustomerLoads loads = new CustomerLoads(spark, lake, 200);
    FullRewrite dimension = new FullRewrite(spark, folder.resolve("rewritten"), 0);
    dimension.begin(RewriteInFull.rows(spark, lake, loads.everybody(1)));
    dimension.apply(RewriteInFull.rows(spark, lake, loads.everybody(2)));
    dimension.apply(RewriteInFull.rows(spark, lake, loads.twoPercent(3)));

    Dataset<Row> table = dimension.table();
    assertThat(table.count()).isEqualTo(404);
    assertThat(table.where("is_current").count()).isEqualTo(200);
    assertThat(table.select("customer_key").distinct().count()).isEqualTo(404);
    assertThat(
            table
                .where("customer_id = 53")
                .orderBy("valid_from")
                .selectExpr("concat_ws(' ', date(valid_from), date(valid_to), city, is_current)")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0)))
        .containsExactly(
            "1900-01-01 2026-01-02 City of day 1, 53 false",
            "2026-01-02 2026-01-03 City of day 2, 53 false",
            "2026-01-03 9999-12-31 City of day 3, 53 true");
  }
}
