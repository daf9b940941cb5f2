package dev.loadstar.tables.spark;

import org.apache.spark.sql.SparkSession;

/** The same where queries over few rows are answered without a job. */
class SparkTablesWithoutJobsTest extends SparkTablesTest {
  @Override
  SparkSession spark() {
    return TablesSpark.few();
  }
}
