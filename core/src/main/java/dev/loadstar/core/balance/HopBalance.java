package dev.loadstar.core.balance;

/**
 * The balance of one hop of one subject.
 *
 * @param step {@code ingest}, {@code transform}, {@code build} or {@code load}
 * @param subject an entity ({@code shop.orders}) or a table ({@code dim_customer}, {@code
 *     fact_sales from shop.order_lines})
 */
public record HopBalance(String step, String subject, RowBalance rows) {}
