package dev.loadstar.demo.shop;

import dev.loadstar.demo.shop.Dice.For;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Online orders. Most are written on their day; some arrive a day late as a whole, some only with
 * their lines at first. On the day after its header an order is paid or cancelled and perhaps
 * corrected, on the next one shipped.
 */
record Orders(World world, Customers customers, Products products) {
  private static final int LONGEST_LIFE = 3;
  private static final BigDecimal HUNDRED = new BigDecimal(100);

  /** Headers that a day writes. */
  Stream<Order> written(int day) {
    return youngOrders(day).mapToObj(id -> header(id, day)).flatMap(Optional::stream);
  }

  /** Lines that a day writes. */
  Stream<OrderLine> writtenLines(int day) {
    return youngOrders(day).boxed().flatMap(id -> lines(id, day));
  }

  /** Payments that a day writes. */
  Stream<Payment> payments(int day) {
    return youngOrders(day)
        .filter(id -> headerDay(id) + 1 == day && !cancelled(id))
        .mapToObj(id -> payment(id, day));
  }

  private LongStream youngOrders(int day) {
    long from = firstId(Math.max(1, day - LONGEST_LIFE));
    return LongStream.range(from, firstId(day + 1));
  }

  private int perDay() {
    return 120 * world.scale();
  }

  private long firstId(int day) {
    return 10_001 + (day - 1L) * perDay();
  }

  private int dayOf(long id) {
    return (int) ((id - 10_001) / perDay()) + 1;
  }

  /** The first few orders of a day are the awkward ones, so that every day has each kind. */
  private boolean nth(long id, int n) {
    return (id - 10_001) % perDay() == n;
  }

  private boolean headerLate(long id) {
    return nth(id, 2) || (!arrivesLate(id) && world.dice().perMille(20, For.HEADER_LATE, id, 0));
  }

  private boolean arrivesLate(long id) {
    return nth(id, 3) || (!nth(id, 2) && world.dice().perMille(15, For.LATE, id, -1));
  }

  private boolean cancelled(long id) {
    return nth(id, 4) || world.dice().perMille(30, For.CANCEL, id, 0);
  }

  private boolean corrected(long id) {
    return nth(id, 5) || world.dice().perMille(30, For.CORRECT, id, 0);
  }

  private int headerDay(long id) {
    return dayOf(id) + (headerLate(id) || arrivesLate(id) ? 1 : 0);
  }

  private Optional<Order> header(long id, int day) {
    int age = day - headerDay(id);
    if (age < 0 || age > 2 || (age == 2 && cancelled(id))) {
      return Optional.empty();
    }
    String status = age == 0 ? "new" : cancelled(id) ? "cancelled" : age == 1 ? "paid" : "shipped";
    Instant ordered = orderedAt(id);
    Instant updated =
        age == 0 && !headerLate(id)
            ? ordered
            : world.time(day, id, 8 + age); // late ones keep theirs
    return Optional.of(new Order(id, customer(id), ordered, status, "EUR", updated));
  }

  private Instant orderedAt(long id) {
    return world.time(dayOf(id), id, 7);
  }

  /** The first order of a day is by a customer whose row comes the day after. */
  private long customer(long id) {
    long known = customers.count(dayOf(id));
    return nth(id, 0)
        ? known + 1
        : 1 + Math.floorMod(world.dice().roll(Integer.MAX_VALUE, For.CUSTOMER, id, 0), known);
  }

  private Stream<OrderLine> lines(long id, int day) {
    int firstWrite = dayOf(id) + (arrivesLate(id) ? 1 : 0);
    if (day == firstWrite) {
      return IntStream.rangeClosed(1, lineCount(id)).mapToObj(n -> line(id, n, false));
    }
    if (day == headerDay(id) + 1 && corrected(id)) {
      return Stream.of(touched(line(id, 1, true), day));
    }
    boolean again = day == headerDay(id) + 1 && world.dice().perMille(10, For.TOUCH, id, 0);
    return again ? Stream.of(touched(line(id, 1, false), day)) : Stream.empty();
  }

  private OrderLine touched(OrderLine line, int day) {
    return new OrderLine(
        line.orderId(),
        line.lineNumber(),
        line.productId(),
        line.quantity(),
        line.unitPrice(),
        line.discountAmount(),
        world.time(day, line.orderId(), 20));
  }

  private int lineCount(long id) {
    return 1 + world.dice().roll(5, For.LINES, id, 0);
  }

  private OrderLine line(long id, int n, boolean corrected) {
    Dice dice = world.dice();
    int day = dayOf(id);
    long product = 1 + dice.roll((int) products.count(day), For.PRODUCT, id, n);
    int quantity = 1 + dice.roll(4, For.QUANTITY, id, n);
    BigDecimal price = products.price(product, day);
    int percent = Math.max(0, dice.roll(8, For.DISCOUNT, id, n) - 5) * 10;
    BigDecimal discount =
        price
            .multiply(BigDecimal.valueOf(quantity * (long) percent))
            .divide(HUNDRED, 2, RoundingMode.DOWN);
    int shown = corrected ? quantity + 1 : quantity;
    return new OrderLine(id, n, product, shown, price, discount, orderedAt(id));
  }

  private Payment payment(long id, int day) {
    BigDecimal amount =
        IntStream.rangeClosed(1, lineCount(id))
            .mapToObj(n -> line(id, n, n == 1 && corrected(id)))
            .map(
                l ->
                    l.unitPrice()
                        .multiply(new BigDecimal(l.quantity()))
                        .subtract(l.discountAmount()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    String card =
        "4000 0000 %04d %04d" // a range that no bank gives out
            .formatted(
                world.dice().roll(10_000, For.CARD, customer(id), 0),
                world.dice().roll(10_000, For.CARD, customer(id), 1));
    return new Payment(id, id, world.personal(card), amount, world.time(day, id, 30));
  }
}
