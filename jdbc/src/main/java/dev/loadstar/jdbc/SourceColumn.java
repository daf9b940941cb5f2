package dev.loadstar.jdbc;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.Extent;
import java.util.Optional;

/**
 * A column as a database's catalogue declares it.
 *
 * @param name as the database spells it
 * @param type what a {@link RowStream} gives for it
 * @param nullable whether the catalogue allows null
 * @param declared the database's own name of the type
 * @param expression quoted SQL that selects it as {@code type}: the column itself, a cast to text,
 *     or a key's spelling
 * @param room how much a value may need, as far as the declared type bounds it
 * @param equality how the database compares it where texts of different bytes can be equal; empty
 *     for all other columns
 * @param readable whether this user may select it
 */
public record SourceColumn(
    String name,
    ColumnType type,
    boolean nullable,
    String declared,
    String expression,
    Extent room,
    Optional<LooseEquality> equality,
    boolean readable) {

  SourceColumn selectedAs(String sql) {
    return new SourceColumn(name, type, nullable, declared, sql, room, equality, readable);
  }
}
