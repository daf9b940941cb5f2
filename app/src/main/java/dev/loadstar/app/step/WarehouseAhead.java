package dev.loadstar.app.step;

import dev.loadstar.warehouse.Warehouse;

/**
 * Lets a run that will load start the warehouse's driver and libraries while the star is built, so
 * that the load need not wait for them. What the warehouse answers is not kept: the load asks it
 * again, under its lock, and is the one to tell what is wrong.
 */
final class WarehouseAhead {
  private WarehouseAhead() {}

  /** Once it is certain that something is built; does nothing in a run that does not load. */
  static void start(Workspace in) {
    if (in.connections().warehouse().isPresent()) {
      Warehouse warehouse = in.warehouse();
      Thread ahead = new Thread(() -> ask(warehouse), "loadstar-warehouse-ahead");
      ahead.setDaemon(true); // a server that does not answer keeps nobody from ending
      ahead.start();
    }
  }

  private static void ask(Warehouse warehouse) {
    try {
      warehouse.rehearse();
    } catch (RuntimeException e) {
      return; // the load meets it again
    }
  }
}
