package dev.loadstar.warehouse.migration;

import dev.loadstar.jdbc.Database;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Lets Flyway connect as Loadstar does: in UTC, with its time-outs and its words for failures. */
final class DatabaseDataSource implements DataSource {
  private final Database database;

  DatabaseDataSource(Database database) {
    this.database = database;
  }

  @Override
  public Connection getConnection() {
    return database.connect();
  }

  @Override
  public Connection getConnection(String user, String password) {
    return database.connect();
  }

  @Override
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    // the drivers' log writers are not used
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // the database knows its own
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
