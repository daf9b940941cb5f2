package dev.loadstar.bench.dimension;

import dev.loadstar.bench.harness.Outcome;
import dev.loadstar.bench.harness.Side;
import dev.loadstar.core.project.Settings.Guards;
import dev.loadstar.core.quality.StarVerdict;
import dev.loadstar.core.time.BusinessDate;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.Lakes;
import dev.loadstar.starschema.builder.DeclaredTypes;
import dev.loadstar.starschema.builder.RoomCheck;
import dev.loadstar.starschema.builder.StarSchemaBuilder;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.starschema.model.DimensionModel.OnDelete;
import dev.loadstar.starschema.model.StarSchema;
import dev.loadstar.tables.stored.LakeTables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** What {@code loadstar build} does with the dimension alone. */
final class LoadstarBuild implements Side {
  private static final DimensionModel CUSTOMER =
      new DimensionModel(
          "customer",
          CustomerLoads.ENTITY,
          List.of("customer_id"),
          Optional.of("updated_at"),
          List.of("name"),
          List.of("street", "city", "segment"),
          Map.of(),
          Optional.empty(),
          OnDelete.CLOSE,
          List.of());
  private static final StarSchema STAR = new StarSchema(List.of(CUSTOMER), List.of(), List.of());

  private final SparkSession spark;
  private final DimensionStart start;
  private final Path folder;

  /**
   * @param folder where its copies go
   */
  LoadstarBuild(SparkSession spark, DimensionStart start, Path folder) {
    this.spark = spark;
    this.start = start;
    this.folder = folder;
  }

  @Override
  public String name() {
    return "loadstar build";
  }

  @Override
  public void prepare() throws IOException {
    LinkedCopy.replace(start.lake(), folder);
  }

  @Override
  public void run() {
    build(spark, lake(), start.date());
  }

  @Override
  public Outcome outcome() {
    LakeTables tables = LakeTables.of(lake());
    return new Outcome(
        start.rows(),
        Versions.checksum(spark, tables, tables.head().orElseThrow().table(CUSTOMER.table())));
  }

  /** Takes in what is processed; no rules judge the candidate. */
  static void build(SparkSession spark, Lake lake, LocalDate date) {
    StarSchemaBuilder builder =
        new StarSchemaBuilder(
            () -> spark,
            LakeTables.of(lake),
            STAR,
            new Guards(Optional.empty(), Optional.empty()),
            DeclaredTypes.NONE,
            (session, tables, rows, before) -> StarVerdict.of(List.of()),
            RoomCheck.NONE,
            Clock.systemUTC());
    if (!builder.build(new BusinessDate(date, ZoneOffset.UTC), "bench-" + date).committed()) {
      throw new IllegalStateException("the build of " + date + " had nothing to do");
    }
  }

  private Lake lake() {
    return Lakes.open(folder.toString(), folder, Map.of());
  }
}
