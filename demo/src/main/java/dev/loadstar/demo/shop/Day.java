package dev.loadstar.demo.shop;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * What happens in the shop on one day, as pure values: every call makes the same rows anew, one at
 * a time, so a day of any scale fits in little memory. Immutable, thread safe.
 */
public final class Day {
  private final World world;
  private final int number;

  Day(World world, int number) {
    this.world = world;
    this.number = number;
  }

  /** From 1, the day on which the shop's tables are filled for the first time. */
  public int number() {
    return number;
  }

  public LocalDate date() {
    return world.date(number);
  }

  /** Customers that are written on this day, as they are in the evening. */
  public Stream<Customer> customers() {
    return new Customers(world).written(number);
  }

  /** Products that are written on this day, as they are in the evening. */
  public Stream<Product> products() {
    return new Products(world).written(number);
  }

  /** Order headers that are written on this day, new and changed ones. */
  public Stream<Order> orders() {
    return ordering().written(number);
  }

  /** Order lines that are written on this day, new and changed ones. */
  public Stream<OrderLine> orderLines() {
    return ordering().writtenLines(number);
  }

  public Stream<Payment> payments() {
    return ordering().payments(number);
  }

  /** All stores that the API knows on this day. */
  public Stream<Store> stores() {
    return new Stores(world).known(number);
  }

  /** Files that the tills drop on this day, the late one of the day before among them. */
  public List<TillFile> tillFiles() {
    return List.copyOf(new Tills(world, new Products(world), new Stores(world)).arriving(number));
  }

  private Orders ordering() {
    return new Orders(world, new Customers(world), new Products(world));
  }
}
