package dev.loadstar.app.command;

import dev.loadstar.lake.Lake;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.lake.load.SetAside;
import java.util.Locale;

/**
 * A load that was set aside, as it is shown.
 *
 * @param createdAt when it was set aside, ISO, UTC
 */
record SetAsideLoad(
    String entity, long load, String businessDate, long rows, String reason, String createdAt) {
  static SetAsideLoad of(Lake lake, SetAside aside) {
    RawLoad raw = lake.raw().find(aside.entity(), aside.number()).orElseThrow();
    return new SetAsideLoad(
        aside.entity().toString(),
        aside.number(),
        raw.businessDate().toString(),
        raw.balance().read(),
        aside.reason(),
        aside.createdAt().toString());
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "Set aside: load %d of %s for %s (%,d rows): %s",
        load,
        entity,
        businessDate,
        rows,
        reason);
  }
}
