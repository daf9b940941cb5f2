package dev.loadstar.starschema.expression;

import dev.loadstar.core.type.ColumnType;

/**
 * A column that an expression may name.
 *
 * @param owner whose it is, as a person knows it: an entity such as {@code shop.orders}
 */
public record KnownColumn(String owner, String name, ColumnType type) {}
