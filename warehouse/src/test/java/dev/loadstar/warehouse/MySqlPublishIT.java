package dev.loadstar.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.secret.Secret;
import dev.loadstar.jdbc.Database;
import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;
import dev.loadstar.warehouse.mysql.MySqlWarehouse;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MySqlPublishIT extends PublishContract {
  @Override
  TestDatabase server() {
    return TestMySql.shared();
  }

  @Override
  WarehouseDialect dialect() {
    return new MySqlWarehouse(target.database().engine());
  }

  @Test
  void aUrlThatNamesNoDatabaseWillDo() {
    Database server =
        new Database(
            server().url(""),
            Optional.of(server().user()),
            Optional.of(new Secret(server().password())));
    Warehouse unnamed =
        Warehouse.open(new WarehouseTarget(server, target.schemas(), target.migrations()), CLOCK);
    publish(unnamed, star, firstNight());
    assertThat(count("fact_sales")).isEqualTo(3);
  }
}
