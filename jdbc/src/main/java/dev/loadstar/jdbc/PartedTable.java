package dev.loadstar.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A table that several connections read side by side, all of them in one state. */
public interface PartedTable {
  /** What each part's rows meet; every row of the table meets exactly one, in reading order. */
  List<String> conditions();

  /**
   * Has another connection see what the first one sees; only while that one's transaction lasts.
   *
   * @param other fresh
   */
  void join(Connection other) throws SQLException;
}
