package dev.loadstar.warehouse;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jooq.SQLDialect;

/**
 * The statements of staging and publishing that engines do not share, each whole. Table names come
 * quoted, column names plain. A stage has the table's columns and {@code _mark}. Stateless, thread
 * safe.
 */
public interface WarehouseDialect {
  /** How jOOQ renders what engines do share. */
  SQLDialect jooq();

  /** How this engine fills empty tables without their keys. */
  StarKeys keys();

  /** The type that the catalogue gives a column declared to hold {@code timestamp}. */
  ColumnType instantType();

  /**
   * Readies a connection whose URL may name no database.
   *
   * @param schema of the star
   */
  default void enter(Connection connection, String schema) throws SQLException {}

  /**
   * Takes the loader's lock for as long as the connection lives; waits two seconds for it.
   *
   * @return false when another session holds it
   */
  boolean tryLock(Connection connection, String name) throws SQLException;

  /**
   * The columns of each index of a table, in the index's order; those that hold for some rows only
   * or of expressions are left out.
   *
   * @param unique only those that allow no value twice
   */
  List<List<String>> indexes(Connection connection, String schema, String table, boolean unique)
      throws SQLException;

  /** Creates an empty stage, in place of the one there. */
  List<String> createStage(String stage, List<Column> columns);

  /** Makes a filled stage fit for joining by key. */
  List<String> prepareStage(String stage, List<String> key);

  /** Settings of the transaction that merges stages, so that its cost follows what is staged. */
  default List<String> mergeSettings() {
    return List.of();
  }

  /** Deletes rows that the stage marks {@code D}. */
  String deleteMarked(String table, String stage, List<String> key);

  /** Deletes rows that get another grain, for a row before them may take the one they have. */
  String deleteMoved(String table, String stage, List<String> key, List<Column> grain);

  /**
   * Moves {@code valid_from} of versions that change what is UNIQUE of them, or go, out of
   * everybody's way: it is checked row by row.
   *
   * @param unique natural key and {@code valid_from}; in the history of a lake that was restored a
   *     key may stand for another member
   */
  String park(String table, String stage, String key, String validFrom, List<Column> unique);

  /** Updates rows that differ from the stage, and only those. */
  String update(String table, String stage, List<String> key, List<Column> others);
}
