package dev.loadstar.demo.shop;

import java.time.Instant;
import java.time.LocalDate;

/** A row of the table {@code customers}. All persons are made up. */
public record Customer(
    long customerId,
    String name,
    String email,
    String phone,
    String ssn,
    LocalDate birthDate,
    String street,
    String city,
    String country,
    String segment,
    Instant updatedAt) {}
