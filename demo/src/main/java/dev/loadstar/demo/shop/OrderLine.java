package dev.loadstar.demo.shop;

import java.math.BigDecimal;
import java.time.Instant;

/** A row of the table {@code order_lines}. */
public record OrderLine(
    long orderId,
    int lineNumber,
    long productId,
    int quantity,
    BigDecimal unitPrice,
    BigDecimal discountAmount,
    Instant updatedAt) {}
