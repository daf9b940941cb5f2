package dev.loadstar.demo.shop;

import java.math.BigDecimal;
import java.time.Instant;

/** A row of the table {@code payments}. */
public record Payment(
    long paymentId, long orderId, String cardNumber, BigDecimal amount, Instant paidAt) {}
