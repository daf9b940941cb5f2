package dev.loadstar.demo.shop;

import java.math.BigDecimal;
import java.time.LocalDate;

/** A record of the stores API. */
public record Store(
    String storeId,
    String storeName,
    String city,
    String region,
    LocalDate openedOn,
    BigDecimal latitude,
    BigDecimal longitude) {}
