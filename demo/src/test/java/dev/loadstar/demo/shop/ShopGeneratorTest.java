package dev.loadstar.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShopGeneratorTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);

  @Test
  void theSameSeedMakesTheSameShopWhateverDaysWereAskedForBefore() {
    ShopGenerator one = new ShopGenerator(42, 1, FIRST);
    long before = checksum(one.day(4));
    checksum(one.day(1));
    assertThat(checksum(one.day(4))).isEqualTo(before);
    assertThat(checksum(new ShopGenerator(42, 1, FIRST).day(4))).isEqualTo(before);
    assertThat(checksum(new ShopGenerator(43, 1, FIRST).day(4))).isNotEqualTo(before);
  }

  @Test
  void aSeedMeansTheSameShopInEveryRelease() {
    assertThat(checksum(new ShopGenerator(42, 1, FIRST).day(2))).isEqualTo(2_455_904_453L);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42, -7, Long.MAX_VALUE})
  void everyAwkwardCaseOccursWithinThreeDays(long seed) {
    ShopGenerator shop = new ShopGenerator(seed, 1, FIRST);
    List<Day> days = IntStream.rangeClosed(1, 3).mapToObj(shop::day).toList();
    Map<Long, Customer> customers = new HashMap<>();
    Map<Long, Product> products = new HashMap<>();
    Map<Long, Order> orders = new HashMap<>();
    Map<String, OrderLine> lines = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (Day day : days) {
      String today = day.date().toString();
      day.products()
          .forEach(
              p -> {
                Product old = products.put(p.productId(), p);
                note(seen, "price changed", old != null && !old.listPrice().equals(p.listPrice()));
                note(seen, "product came", old == null && day.number() > 1);
              });
      Set<Long> customersOfYesterday = Set.copyOf(customers.keySet());
      day.customers()
          .forEach(
              c -> {
                Customer old = customers.put(c.customerId(), c);
                boolean known = old != null;
                note(seen, "moved", known && !old.street().equals(c.street()));
                note(seen, "segment changed", known && !old.segment().equals(c.segment()));
                boolean late = known && c.updatedAt().toString().compareTo(today) < 0;
                note(seen, "moved, told late", late && !old.street().equals(c.street()));
              });
      Map<Long, Order> headers = new HashMap<>(orders);
      day.orders()
          .forEach(
              o -> {
                Order old = orders.put(o.orderId(), o);
                note(seen, "header late", old == null && lines.containsKey(o.orderId() + "/1"));
                note(
                    seen,
                    "order late",
                    old == null && o.updatedAt().toString().compareTo(today) < 0);
                note(seen, "cancelled", o.status().equals("cancelled"));
                note(seen, "shipped", o.status().equals("shipped"));
                note(
                    seen,
                    "customer not known yet",
                    !customersOfYesterday.contains(o.customerId())
                        && !customers.containsKey(o.customerId()));
                headers.put(o.orderId(), o);
              });
      day.orderLines()
          .forEach(
              l -> {
                OrderLine old = lines.put(l.orderId() + "/" + l.lineNumber(), l);
                note(seen, "corrected", old != null && old.quantity() != l.quantity());
                note(seen, "line before header", !headers.containsKey(l.orderId()));
              });
      note(seen, "paid", day.payments().findAny().isPresent());
      tillCases(seen, day);
    }
    note(seen, "store opened", days.get(2).stores().count() > days.get(0).stores().count());
    assertThat(seen)
        .contains(
            "price changed",
            "product came",
            "moved",
            "segment changed",
            "moved, told late",
            "header late",
            "order late",
            "cancelled",
            "shipped",
            "customer not known yet",
            "corrected",
            "line before header",
            "paid",
            "store opened",
            "file late",
            "file twice",
            "bad number",
            "missing fields",
            "broken json",
            "receipt missing",
            "line twice",
            "product not listed yet");
  }

  private static void tillCases(Set<String> seen, Day day) {
    String date = day.date().toString().replace("-", "");
    long products = 60L + day.number() - 1;
    for (TillFile file : day.tillFiles()) {
      note(seen, "file late", !file.name().contains(date) && !file.name().contains("again"));
      note(seen, "file twice", file.name().contains("again"));
      boolean csv = file.name().contains(".csv");
      List<String> lines = file.lines().get().toList();
      note(seen, "line twice", new HashSet<>(lines).size() < lines.size());
      for (String line : lines) {
        note(seen, "bad number", line.contains(csv ? ",two," : "\"quantity\":\"two\""));
        note(seen, "missing fields", csv && line.split(",", -1).length == 4);
        note(seen, "broken json", !csv && !line.endsWith("}"));
        note(seen, "receipt missing", csv ? line.startsWith(",") : !line.contains("receipt_n"));
        note(
            seen,
            "product not listed yet",
            csv && line.contains("Z," + (products + 1) + ",") && file.name().contains(date));
      }
    }
  }

  @Test
  void aScaleIsAFactor() {
    Day one = new ShopGenerator(42, 1, FIRST).day(2);
    Day ten = new ShopGenerator(42, 10, FIRST).day(2);
    assertThat(one.orderLines().count()).isBetween(300L, 450L);
    assertThat(tillLines(one)).isBetween(350L, 550L);
    assertThat(ten.orderLines().count()).isBetween(3_300L, 4_100L);
    assertThat(tillLines(ten)).isBetween(3_900L, 5_000L);
    assertThat(new ShopGenerator(42, 10, FIRST).day(1).customers().count()).isEqualTo(3_000);
    assertThat(new ShopGenerator(42, 10, FIRST).day(1).stores().count()).isEqualTo(80);
  }

  @Test
  void everyDayBringsMoreNewLinesThanItCancels() {
    ShopGenerator shop = new ShopGenerator(42, 1, FIRST);
    for (int day = 2; day <= 10; day++) {
      long cancelled =
          shop.day(day).orders().filter(order -> order.status().equals("cancelled")).count();
      assertThat(cancelled).isBetween(1L, 15L);
      assertThat(shop.day(day).orderLines().count()).isGreaterThan(5 * cancelled);
    }
  }

  @Test
  void nothingHappensAfterTheEndOfItsDay() {
    ShopGenerator shop = new ShopGenerator(7, 2, FIRST);
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    for (int n = 1; n <= 4; n++) {
      Day day = shop.day(n);
      var end = day.date().plusDays(1).atStartOfDay(berlin).toInstant();
      Stream<java.time.Instant> times =
          Stream.of(
                  day.customers().map(Customer::updatedAt),
                  day.products().map(Product::updatedAt),
                  day.orders().map(Order::updatedAt),
                  day.orderLines().map(OrderLine::updatedAt),
                  day.payments().map(Payment::paidAt))
              .flatMap(s -> s);
      assertThat(times).allMatch(end::isAfter);
    }
  }

  @Test
  void aMarkerStandsInEveryPersonalValue() {
    Day day = new ShopGenerator(42, 1, FIRST).withMarker("XQ7Z").day(2);
    assertThat(day.customers())
        .allSatisfy(
            c ->
                assertThat(List.of(c.name(), c.email(), c.phone(), c.ssn(), c.street()))
                    .allMatch(value -> value.contains("XQ7Z")));
    assertThat(day.payments()).isNotEmpty().allMatch(p -> p.cardNumber().contains("XQ7Z"));
    assertThat(day.tillFiles().get(1).lines().get().filter(line -> line.endsWith("}")))
        .allMatch(line -> line.contains("\"cashier\":\"XQ7Z "));
    assertThatThrownBy(() -> new ShopGenerator(1, 1, FIRST).withMarker("a b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void note(Set<String> seen, String what, boolean happened) {
    if (happened) {
      seen.add(what);
    }
  }

  private static long tillLines(Day day) {
    return day.tillFiles().stream().mapToLong(file -> file.lines().get().count()).sum();
  }

  private static long checksum(Day day) {
    CRC32 crc = new CRC32();
    Stream.of(
            day.customers(),
            day.products(),
            day.orders(),
            day.orderLines(),
            day.payments(),
            day.stores(),
            day.tillFiles().stream()
                .map(f -> f.name() + f.lines().get().collect(Collectors.joining("\n"))))
        .flatMap(s -> s)
        .forEach(row -> crc.update(row.toString().getBytes(StandardCharsets.UTF_8)));
    return crc.getValue();
  }
}
