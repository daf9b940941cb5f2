package dev.loadstar.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerShopIT {
  private static final Path SQL =
      Path.of(System.getProperty("loadstar.root"), "bench/src/main/resources/peers/shop");

  @TempDir Path folder;

  /** One time for many rows would make a cursor read them again every night. */
  @Test
  void everyRowHasAChangeTimeOfItsOwnAndTheSecondDayIsAsLargeAsTold() throws Exception {
    try (PeerShop shop = new PeerShop(SQL, ShopSize.of(10_000, 1, 1))) {
      shop.firstDay();
      long lines = shop.lines();
      assertThat(lines).isEqualTo(10_000);
      shop.secondDay();
      assertThat(shop.lines() - lines).isEqualTo(200);

      for (String table : new String[] {"clients", "articles", "receipts", "receipt_lines"}) {
        Map<String, String> found = new TreeMap<>(shop.sums("shop", query(table)));
        assertThat(found.get("times")).as(table).isEqualTo(found.get("total"));
      }
    }
  }

  private String query(String table) throws java.io.IOException {
    Path file = folder.resolve(table + ".sql");
    java.nio.file.Files.writeString(
        file, "SELECT count(*) AS total, count(DISTINCT changed_at) AS times FROM " + table);
    return file.toString();
  }
}
