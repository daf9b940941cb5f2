package dev.loadstar.demo.shop;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Makes the retail shop, day by day, out of a seed: no clock, no state, no order in which days must
 * be asked for. Immutable, thread safe. All personal data is made up.
 *
 * <p>Scale 1 is about 300 customers, 60 products, 8 stores, 120 orders with 360 lines and 400 till
 * lines a day; scale 100 is a hundred times that.
 */
public final class ShopGenerator {
  private final World world;

  /**
   * @param seed of all chance
   * @param scale from 1 to 1,000
   * @param firstDay the date of day 1
   */
  public ShopGenerator(long seed, int scale, LocalDate firstDay) {
    this(new World(new Dice(seed), scale, firstDay, Optional.empty()));
  }

  private ShopGenerator(World world) {
    if (world.scale() < 1 || world.scale() > 1000) {
      throw new IllegalArgumentException("scale is from 1 to 1000, found " + world.scale());
    }
    this.world = world;
  }

  /**
   * The same shop with a text in front of every personal value, to look for leaks. A birth date
   * cannot carry one.
   *
   * @param marker letters and digits, at least one
   */
  public ShopGenerator withMarker(String marker) {
    if (!marker.matches("[A-Za-z0-9]+")) {
      throw new IllegalArgumentException("a marker is letters and digits");
    }
    return new ShopGenerator(
        new World(world.dice(), world.scale(), world.firstDay(), Optional.of(marker)));
  }

  /**
   * @param number from 1
   */
  public Day day(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("days count from 1, found " + number);
    }
    return new Day(world, number);
  }
}
