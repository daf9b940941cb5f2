package dev.loadstar.warehouse;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Takes keys off the empty tables of a star and makes them again, by the procedures that Loadstar's
 * migrations install, for the loader itself may change no table. Stateless, thread safe.
 */
public interface StarKeys {
  /** Whether the procedures are there and this account may call them. */
  boolean offered(Connection connection, String etl) throws SQLException;

  /**
   * Whether keys go and come inside a transaction and are what they were after a rollback; else
   * they are taken off before the transaction and put back after it.
   */
  boolean transactional();

  /**
   * Takes off what can be made again exactly as it is; the rest stays.
   *
   * @param etl the schema of the procedures
   * @param tables of the star
   * @throws SQLException also when one is not of the star or has rows, or something was published
   */
  void takeOff(Connection connection, String etl, List<String> tables) throws SQLException;

  /**
   * Looks at the rows of the transaction for references that {@link #putBack} will not check.
   *
   * @throws SQLException of the class that a broken foreign key has
   */
  void requireReferences(Connection connection, String etl) throws SQLException;

  /**
   * Makes the keys again; nothing where none were taken off.
   *
   * @param checked whether {@link #requireReferences} has looked at the rows
   */
  void putBack(Connection connection, String etl, boolean checked) throws SQLException;

  /** Tables whose keys still have to be put back, by a run that was killed or is under way. */
  List<String> waiting(Connection connection, String etl) throws SQLException;
}
