package dev.loadstar.app.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Does a little of what a night does, so that the JVM can archive the classes of it. */
public final class ClassArchive {
  private ClassArchive() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("loadstar-classes");
    try (LazySpark spark = new LazySpark(Map.of())) {
      String file = folder.resolve("rows").toString();
      spark
          .get()
          .range(100)
          .withColumn("name", functions.concat(functions.lit("n"), functions.col("id")))
          .withColumn("at", functions.current_timestamp())
          .write()
          .parquet(file);
      Dataset<Row> rows = spark.get().read().parquet(file);
      rows.join(rows.groupBy("name").count(), "name").orderBy("id").limit(3).collectAsList();
      List.of("dev.loadstar.app.command.Loadstar", "org.flywaydb.core.Flyway", "org.jooq.impl.DSL")
          .forEach(ClassArchive::touch);
    } finally {
      try (Stream<Path> paths = Files.walk(folder)) {
        paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    }
  }

  private static void touch(String name) {
    try {
      Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
