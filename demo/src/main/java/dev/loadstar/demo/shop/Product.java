package dev.loadstar.demo.shop;

import java.math.BigDecimal;
import java.time.Instant;

/** A row of the table {@code products}. */
public record Product(
    long productId, String productName, String category, BigDecimal listPrice, Instant updatedAt) {}
