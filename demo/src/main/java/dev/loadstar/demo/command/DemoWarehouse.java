package dev.loadstar.demo.command;

import java.sql.Connection;
import java.sql.SQLException;

/** The embedded server that is the demo's warehouse: one per engine. */
public interface DemoWarehouse {
  /** The analyst's login, and its password. */
  String READER = "reader";

  /** What the project connects to. */
  String url();

  String user();

  String password();

  /** Creates a login with rights on the schema {@code bi} and nothing else. */
  void createReader(Connection connection) throws SQLException;

  /** A line for a shell that connects as the reader. */
  String shell();

  /** What a BI tool connects to as the reader. */
  String readerUrl();
}
