package dev.loadstar.demo.command;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * What the demo was asked for.
 *
 * @param port of the warehouse; 0 for a free one
 */
record DemoOptions(
    int days,
    LocalDate firstDay,
    Path directory,
    Engine warehouse,
    LakeKind lake,
    long seed,
    int scale,
    int port) {
  /** What the warehouse runs on; names as they are typed. */
  enum Engine {
    postgresql(15432),
    mysql(13306);

    final int usualPort;

    Engine(int usualPort) {
      this.usualPort = usualPort;
    }
  }

  /** Where the lake is; names as they are typed. */
  enum LakeKind {
    file,
    s3
  }

  DemoOptions {
    require(days >= 1 && days <= 366, "--days", days, "1 to 366");
    require(scale >= 1 && scale <= 1000, "--scale", scale, "1 to 1000");
    require(port >= 0 && port <= 65535, "--port", port, "1 to 65535");
  }

  private static void require(boolean fine, String option, int found, String wanted) {
    if (!fine) {
      throw new LoadException(
          ErrorCode.USAGE,
          "Cannot run the demo: %s is %d, expected %s. Correct it."
              .formatted(option, found, wanted));
    }
  }
}
