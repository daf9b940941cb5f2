package dev.loadstar.bench.extract;

import dev.loadstar.bench.harness.Outcome;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Figures of Parquet files of the four tables, whoever wrote them. */
record CopiedTables(SparkSession spark) {
  /** Where a table's files are. */
  interface Place {
    String folder(String table);
  }

  Outcome in(Place place) {
    long rows = 0;
    StringBuilder checksum = new StringBuilder();
    for (String table : SourceShop.TABLES) {
      Dataset<Row> copied =
          spark.read().option("recursiveFileLookup", "true").parquet(place.folder(table));
      rows += copied.count();
      checksum.append(table);
      for (String name : copied.columns()) {
        if (!name.startsWith("_")) {
          checksum.append(' ').append(name).append('=').append(figure(copied, name));
        }
      }
      checksum.append('\n');
    }
    return new Outcome(rows, checksum.toString());
  }

  /** Sums that do not depend on the order of rows, nor on how a writer types its columns. */
  private static String figure(Dataset<Row> rows, String name) {
    String type = rows.schema().apply(name).dataType().typeName();
    Column value =
        type.equals("string")
            ? functions.crc32(functions.col(name).cast("binary"))
            : type.startsWith("timestamp")
                ? functions.unix_micros(functions.col(name).cast("timestamp"))
                : functions.col(name).cast("double").multiply(100).cast("decimal(20,0)");
    Row figures =
        rows.agg(
                functions.count(functions.col(name)),
                functions.sum(value.cast("decimal(30,0)")).cast("string"))
            .head();
    return figures.get(0) + "/" + figures.get(1);
  }
}
