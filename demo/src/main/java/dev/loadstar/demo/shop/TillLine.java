package dev.loadstar.demo.shop;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One line of a receipt.
 *
 * @param receipt null where a till lost it
 * @param quantity text, for a till may write anything
 * @param loyalty null without a card
 */
record TillLine(
    int store,
    String receipt,
    int number,
    Instant soldAt,
    long product,
    String quantity,
    BigDecimal price,
    String loyalty,
    String cashier) {
  long hashId() {
    return (receipt + number).hashCode();
  }

  TillLine withQuantity(String text) {
    return new TillLine(store, receipt, number, soldAt, product, text, price, loyalty, cashier);
  }

  TillLine withoutReceipt() {
    return new TillLine(store, null, number, soldAt, product, quantity, price, loyalty, cashier);
  }

  String text(boolean csv) {
    return csv ? csv() : json();
  }

  /**
   * The line as a till writes it that loses power: a CSV row of four fields, half a JSON object.
   */
  String cut(boolean csv) {
    return csv
        ? String.join(",", receipt, String.valueOf(number), Stores.id(store), soldAt.toString())
        : json().substring(0, json().length() / 2);
  }

  private String csv() {
    return String.join(
        ",",
        receipt == null ? "" : receipt,
        String.valueOf(number),
        Stores.id(store),
        soldAt.toString(),
        String.valueOf(product),
        quantity,
        price.toPlainString(),
        "EUR",
        loyalty == null ? "" : loyalty,
        cashier.indexOf(' ') < 0 ? cashier : "\"" + cashier.replace("\"", "\"\"") + "\"");
  }

  private String json() {
    boolean number = quantity.chars().allMatch(Character::isDigit);
    return "{"
        + (receipt == null ? "" : "\"receipt_number\":" + quoted(receipt) + ",")
        + "\"line_number\":%d,\"store_id\":%s,\"sold_at\":%s,\"product_id\":%d,\"quantity\":%s,"
            .formatted(
                this.number,
                quoted(Stores.id(store)),
                quoted(soldAt.toString()),
                product,
                number ? quantity : quoted(quantity))
        + "\"unit_price\":%s,\"currency_code\":\"EUR\",\"loyalty_number\":%s,\"cashier\":%s}"
            .formatted(
                price.toPlainString(), loyalty == null ? "null" : quoted(loyalty), quoted(cashier));
  }

  private static String quoted(String text) {
    return ShopJson.quoted(text);
  }
}
