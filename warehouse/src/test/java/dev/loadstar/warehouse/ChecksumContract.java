package dev.loadstar.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.loadstar.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A known star has a known checksum, on every engine and in every release. */
abstract class ChecksumContract {
  abstract TestDatabase server();

  /** The sums were computed apart from this code, from the written form of the rows. */
  @Test
  void theChecksumOfAKnownStarNeverChanges(@TempDir Path folder) {
    WarehouseTarget target = Fixture.target(server(), Fixture.MIGRATIONS);
    Warehouse warehouse = Warehouse.open(target, Clock.systemUTC());
    warehouse.migrate();
    StarLake star = new StarLake(folder);
    PublishContract.publish(warehouse, star, star.commit(1, StarLake.firstNight()));

    assertThat(warehouse.checksum(StarLake.ALL))
        .containsOnly(
            entry(
                "dim_customer", "e2b9ca3c8b44aa64d1670bbd83d085522c76b6dc61250e42b35e8a15b2c34352"),
            entry("dim_date", "e821ce5376818c4545be27e3b49b4c02574e5a41eccb2012b221a8e226d539c4"),
            entry(
                "dim_product", "0d44376d25e9042a262a6517cff9fb3e4396a40a849f58fafbab6a978f2ed41c"),
            entry(
                "dim_location", "177dd8d4bbefe5bc74d22bc2343e826ce4ae2903f7f79668a8b4cd82bcb26782"),
            entry("fact_sales", "f30bc274bf67dc1b4ae466e5b71472ba6c9dedc7fa879742837bb8198279c4d1"),
            entry("total", "d702db17be942deb11fdc3eed4a0f51e59be4c285e8816bc372d6dbdee8e3984"));
  }
}
