package dev.loadstar.jdbc;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.Extent;

/**
 * A column as a database's catalogue declares it.
 *
 * @param name as the database spells it
 * @param type what a {@link RowStream} gives for it
 * @param nullable whether the catalogue allows null
 * @param declared the database's own name of the type
 * @param expression quoted SQL that selects it as {@code type}: the column itself, or a cast to
 *     text
 * @param room how much a value may need, as far as the declared type bounds it
 */
public record SourceColumn(
    String name,
    ColumnType type,
    boolean nullable,
    String declared,
    String expression,
    Extent room) {}
