package dev.loadstar.demo.run;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What happens to a star between two of its runs. */
enum ClubIncident {
  ATTRIBUTE_ADDED,
  ATTRIBUTE_DROPPED,
  TYPE_WIDENED,
  FEED_ADDED,
  FEED_TAKEN_OUT,
  LAKE_RESTORED,
  LAKE_WENT_BACK,
  STAR_REBUILT,
  WAREHOUSES_EMPTIED;

  /** Each of them once; nothing is taken away before it was added, nor restored before it was. */
  static List<ClubIncident> inRandomOrder(Random random) {
    List<ClubIncident> order = new ArrayList<>(Arrays.asList(values()));
    Collections.shuffle(order, random);
    if (order.get(0) == LAKE_RESTORED) {
      Collections.swap(order, 0, order.size() - 1);
    }
    putFirst(order, ATTRIBUTE_ADDED, ATTRIBUTE_DROPPED);
    putFirst(order, FEED_ADDED, FEED_TAKEN_OUT);
    return List.copyOf(order);
  }

  private static void putFirst(List<ClubIncident> order, ClubIncident first, ClubIncident then) {
    if (order.indexOf(first) > order.indexOf(then)) {
      Collections.swap(order, order.indexOf(first), order.indexOf(then));
    }
  }

  void happen(ChangingClub club, ChangingClub follower) throws IOException, SQLException {
    for (ChangingClub each : List.of(club, follower)) {
      switch (this) {
        case ATTRIBUTE_ADDED -> each.addAttribute();
        case ATTRIBUTE_DROPPED -> each.dropAttribute();
        case TYPE_WIDENED -> each.widen();
        case FEED_ADDED -> each.addGuests();
        case FEED_TAKEN_OUT -> each.takeGuestsOut();
        case WAREHOUSES_EMPTIED -> each.emptyWarehouse();
        case LAKE_RESTORED -> each.hearOfRestoredLake();
        case LAKE_WENT_BACK, STAR_REBUILT -> {}
      }
    }
    switch (this) {
      case LAKE_RESTORED -> club.restoreLake();
      case LAKE_WENT_BACK -> {
        club.goBack();
        club.load();
        follower.load();
      }
      case STAR_REBUILT -> club.deployment().call("rebuild").exits(0);
      default -> {}
    }
  }
}
