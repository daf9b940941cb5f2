package dev.loadstar.demo.run;

import dev.loadstar.demo.shop.Day;
import dev.loadstar.demo.shop.ShopDatabase;
import dev.loadstar.demo.shop.ShopGenerator;
import dev.loadstar.demo.shop.StoresApi;
import dev.loadstar.demo.shop.TillFiles;
import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The sources of the shipped project, and a token vault, on real servers. */
final class LivingShop implements AutoCloseable {
  private static final String API_KEY = "key-of-the-stores";
  private static final TestDatabase SERVER = TestPostgres.shared();

  private final ShopGenerator generator;
  private final Path folder;
  private final String shop = SERVER.freshDatabase();
  private final String vault = SERVER.freshDatabase();
  private final StoresApi stores;

  private LivingShop(ShopGenerator generator, Path folder) throws IOException {
    this.generator = generator;
    this.folder = folder;
    this.stores = StoresApi.start(0, API_KEY);
  }

  /**
   * @param folder takes the tills' files
   */
  static LivingShop open(ShopGenerator generator, Path folder) throws IOException {
    return new LivingShop(generator, folder);
  }

  /** Lets days happen, the first and the last included; returns the last one's date. */
  String live(int from, int to) throws IOException, SQLException {
    for (int number = from; number <= to; number++) {
      Day day = generator.day(number);
      try (Connection connection = SERVER.connect(shop)) {
        ShopDatabase.apply(connection, day);
      }
      stores.setDay(day);
      TillFiles.write(tills(), day);
    }
    return date(to);
  }

  String live(int number) throws IOException, SQLException {
    return live(number, number);
  }

  String date(int number) {
    return generator.day(number).date().toString();
  }

  Path tills() {
    return folder.resolve("tills");
  }

  /** The shipped project on these sources; all deployments share their token vault. */
  Deployment deploy(String name, TestDatabase warehouse) {
    return Deployment.of(folder.resolve(name), "config", warehouse, environment());
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("LOADSTAR_MASKING_KEY", "only-a-test-0123456789-0123456789-0123456789");
    environment.put("STORES_API_URL", stores.url().toString());
    environment.put("STORES_API_KEY", API_KEY);
    environment.put("TILLS_URL", tills().toString());
    database(environment, "SHOP", shop);
    database(environment, "TOKEN_VAULT", vault);
    return environment;
  }

  private static void database(Map<String, String> environment, String prefix, String url) {
    environment.put(prefix + "_URL", url);
    environment.put(prefix + "_USER", SERVER.user());
    environment.put(prefix + "_PASSWORD", SERVER.password());
  }

  @Override
  public void close() {
    stores.close();
  }
}
