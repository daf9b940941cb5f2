package dev.loadstar.warehouse;

import static dev.loadstar.warehouse.StarLake.sale;

import dev.loadstar.tables.Commit;
import dev.loadstar.warehouse.StarLake.Change;
import dev.loadstar.warehouse.mysql.MySqlWarehouse;
import dev.loadstar.warehouse.postgresql.PostgreSqlWarehouse;
import java.util.ArrayList;
import java.util.List;

/** First commits so large that their rows go before the keys. */
final class FirstNights {
  static final int SALES = 60_000;

  private FirstNights() {}

  static Commit large(StarLake star) {
    return large(star, List.of());
  }

  /**
   * @param more sales, with keys from {@link #SALES} + 1
   */
  static Commit large(StarLake star, List<Change> more) {
    StarLake.ALL.forEach(shape -> star.rows(shape, 2));
    star.rows(StarLake.CUSTOMER, 5);
    star.rows(StarLake.DATE, 3);
    star.rows(StarLake.SALES, SALES + more.size());
    List<Change> changes = new ArrayList<>(StarLake.firstNight());
    for (int key = 4; key <= SALES; key++) {
      // not in the order of the key, as grains are not
      String order = Integer.toString(key * 7919 % 1_000_003);
      changes.add(sale(key, order, 1, "2024-01-01T13:30:00Z", 2 + key % 2, key + ".25"));
    }
    changes.addAll(more);
    return star.commit(1, changes);
  }

  static WarehouseDialect dialect(WarehouseTarget target) {
    var engine = target.database().engine();
    return engine.name().equals("mysql")
        ? new MySqlWarehouse(engine)
        : new PostgreSqlWarehouse(engine);
  }
}
