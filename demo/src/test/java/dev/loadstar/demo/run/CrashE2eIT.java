package dev.loadstar.demo.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.core.crash.CrashPoint;
import dev.loadstar.demo.shop.ShopGenerator;
import dev.loadstar.testing.TestMySql;
import dev.loadstar.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night killed at every named point in turn, by a halt that runs no cleaning up. */
class CrashE2eIT {
  @TempDir Path folder;

  @Test
  void theNextRunNeedsNoCleaningUpAndEndsInTheSameStar() throws Exception {
    ShopGenerator generator = new ShopGenerator(11, 1, LocalDate.of(2026, 1, 5));
    try (LivingShop shop = LivingShop.open(generator, folder)) {
      Deployment untouched = shop.deploy("untouched", TestPostgres.shared());
      Deployment killed = shop.deploy("killed", TestPostgres.shared());
      shop.live(1);
      for (Deployment each : List.of(untouched, killed)) {
        each.call("db", "migrate").exits(0);
        each.call("run", "--date", shop.date(1)).exits(0);
      }
      Deployment killedMySql =
          killed.withWarehouse(TestMySql.shared(), folder.resolve("killed-mysql"));
      killedMySql.call("db", "migrate").exits(0);
      killedMySql.call("load", "--date", shop.date(1)).exits(0);
      String before = killed.checksum();
      assertThat(killedMySql.checksum()).isEqualTo(before);

      String date = shop.live(2);
      untouched.call("run", "--date", date).exits(0);
      String after = untouched.checksum();
      assertThat(after).isNotEqualTo(before);

      for (CrashPoint point : EnumSet.range(CrashPoint.RAW_FILES_WRITTEN, CrashPoint.PUBLISHED)) {
        die(killed, point, "run", date);
        String now = killed.checksum();
        assertThat(now).as("after " + point).isEqualTo(shown(point) ? after : before);
      }
      killed.call("run", "--date", date).exits(0);
      assertThat(killed.checksum()).isEqualTo(after);
      killed.call("check", "--date", date).exits(0);

      for (CrashPoint point :
          List.of(CrashPoint.STAGED, CrashPoint.PUBLISH_APPLIED, CrashPoint.PUBLISHED)) {
        die(killedMySql, point, "load", date);
        assertThat(killedMySql.checksum())
            .as("after " + point)
            .isEqualTo(shown(point) ? after : before);
      }
      killedMySql.call("load", "--date", date).exits(0);
      assertThat(killedMySql.checksum()).isEqualTo(after);
      killedMySql.call("check", "--date", date).exits(0);
    }
  }

  /** Whether the transaction had ended when the process died. */
  private static boolean shown(CrashPoint point) {
    return point == CrashPoint.PUBLISHED;
  }

  private void die(Deployment deployment, CrashPoint point, String command, String date)
      throws IOException, InterruptedException {
    Path told = folder.resolve("told-" + command + "-" + point);
    Process process =
        deployment.start(told, Map.of("LOADSTAR_CRASH_AT", point.name()), command, "--date", date);
    Deployment.answer(process, told).exits(CrashPoint.EXIT_STATUS);
  }
}
