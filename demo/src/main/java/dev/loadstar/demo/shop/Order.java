package dev.loadstar.demo.shop;

import java.time.Instant;

/**
 * A row of the table {@code orders}: the header of {@link OrderLine}s.
 *
 * @param status {@code new}, {@code paid}, {@code shipped} or {@code cancelled}
 */
public record Order(
    long orderId,
    long customerId,
    Instant orderedAt,
    String status,
    String currencyCode,
    Instant updatedAt) {}
