package dev.loadstar.demo.shop;

import dev.loadstar.demo.shop.Dice.For;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Till sales: one file per store and day, in four formats. Every day one store's file comes the day
 * after, one comes twice, and some lines are broken or repeated.
 */
record Tills(World world, Products products, Stores stores) {
  private static final int RECEIPTS = 20;
  private static final String HEADER =
      "receipt_number,line_number,store_id,sold_at,product_id,quantity,unit_price,currency_code,"
          + "loyalty_number,cashier";
  private static final String[] ENDINGS = {"csv", "jsonl", "csv.gz", "jsonl.gz"};

  /** Files that arrive on a day. */
  List<TillFile> arriving(int day) {
    List<TillFile> files = new ArrayList<>();
    for (int store = 0; store < stores.count(day); store++) {
      if (store != latecomer(day)) {
        files.add(file(store, day, ""));
      }
    }
    if (day > 1) {
      files.add(file(latecomer(day - 1), day - 1, ""));
      files.add(file((latecomer(day - 1) + 1) % stores.count(1), day - 1, "_again"));
    }
    return files;
  }

  private int latecomer(int day) {
    return (day * 3 + 3) % stores.count(1);
  }

  private TillFile file(int store, int day, String suffix) {
    String name =
        "sales_%s_%s%s.%s"
            .formatted(
                world.date(day).toString().replace("-", ""),
                Stores.id(store),
                suffix,
                ENDINGS[store % ENDINGS.length]);
    boolean csv = store % 2 == 0;
    Supplier<Stream<String>> lines =
        () -> {
          Stream<String> rows =
              IntStream.range(0, RECEIPTS).boxed().flatMap(r -> receipt(store, day, r, csv));
          return csv ? Stream.concat(Stream.of(HEADER), rows) : rows;
        };
    return new TillFile(name, lines);
  }

  private Stream<String> receipt(int store, int day, int receipt, boolean csv) {
    int lines = 1 + world.dice().roll(4, For.LINES, store * 1000L + receipt, -day);
    return IntStream.rangeClosed(1, lines)
        .boxed()
        .flatMap(n -> written(line(store, day, receipt, n), receipt, n, csv));
  }

  /** A line as it stands in the file: now and then twice, now and then broken. */
  private Stream<String> written(TillLine line, int receipt, int n, boolean csv) {
    boolean rare = world.dice().perMille(4, For.BROKEN, line.hashId(), n);
    if (n == 1 && receipt == 3) {
      return Stream.of(line.text(csv), line.text(csv));
    }
    boolean stocked = line.store() % 8 < 2; // the first two stores have every kind every day
    if (n == 1 && receipt == 5 && stocked || rare && receipt % 3 == 0) {
      return Stream.of(line.withQuantity("two").text(csv));
    }
    if (n == 1 && receipt == 7 && stocked || rare && receipt % 3 == 1) {
      return Stream.of(line.cut(csv));
    }
    if (n == 1 && receipt == 9 && stocked || rare) {
      return Stream.of(line.withoutReceipt().text(csv));
    }
    return Stream.of(line.text(csv));
  }

  private TillLine line(int store, int day, int receipt, int n) {
    Dice dice = world.dice();
    long id = (store * 100L + receipt) * 10 + n;
    // The first line of a day's first store sells a product that the catalogue gets the day after.
    boolean unlisted = id == 1;
    long product =
        unlisted
            ? products.count(day) + 1
            : 1 + dice.roll((int) products.count(day), For.PRODUCT, -id, day);
    long cashier = dice.roll(5, For.NAME, store * 1000L + 900, day);
    String loyalty =
        dice.perMille(300, For.LOYALTY, id, day)
            ? world.personal("LC%07d".formatted(dice.roll(5000, For.LOYALTY, id, day + 1L)))
            : null;
    return new TillLine(
        store,
        "%s-%s-%04d"
            .formatted(Stores.id(store), world.date(day).toString().replace("-", ""), receipt + 1),
        n,
        world.at(day, 7 * 3600 + receipt * 2400L + dice.roll(2000, For.TIME, store, receipt)),
        product,
        String.valueOf(1 + dice.roll(3, For.QUANTITY, -id, day)),
        products.price(product, day),
        loyalty,
        world.personal(
            dice.pick(Words.FIRST_NAMES, For.NAME, store, 100 + cashier)
                + " "
                + dice.pick(Words.LAST_NAMES, For.NAME, store, 200 + cashier)));
  }
}
