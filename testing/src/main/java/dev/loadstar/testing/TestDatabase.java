package dev.loadstar.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A running database server, with rights to do anything, that tests share. Thread safe. */
public final class TestDatabase {
  private final String engine;
  private final String user;
  private final String password;
  private final UnaryOperator<String> urls;
  private final String maintenance;
  private final String suffix;

  /**
   * @param urls from a database's name to its JDBC URL
   * @param maintenance the database to connect to for creating others; may be empty
   * @param suffix what follows the name in {@code CREATE DATABASE}
   */
  TestDatabase(
      String engine,
      String user,
      String password,
      UnaryOperator<String> urls,
      String maintenance,
      String suffix) {
    this.engine = engine;
    this.user = user;
    this.password = password;
    this.urls = urls;
    this.maintenance = maintenance;
    this.suffix = suffix;
  }

  /** {@code postgresql} or {@code mysql}. */
  public String engine() {
    return engine;
  }

  public String user() {
    return user;
  }

  public String password() {
    return password;
  }

  /** The JDBC URL of a database, without user and password. */
  public String url(String database) {
    return urls.apply(database);
  }

  /** A name that no database of this server has: letters, digits and an underscore. */
  public String freshName() {
    String random = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    return "t_" + random.toLowerCase(Locale.ROOT);
  }

  /** Creates an empty database with a fresh name and returns its URL. */
  public String freshDatabase() {
    String name = freshName();
    createDatabase(name);
    return url(name);
  }

  /**
   * @param name of letters, digits and underscores, not yet taken
   */
  public void createDatabase(String name) {
    if (!name.matches("[a-z0-9_]+")) {
      throw new IllegalArgumentException(name);
    }
    try (Connection connection = connect(maintenance);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + suffix);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create the database " + name, e);
    }
  }

  /** A connection to a database by name, or by the URL that {@link #freshDatabase()} gave. */
  public Connection connect(String databaseOrUrl) throws SQLException {
    String url = databaseOrUrl.startsWith("jdbc:") ? databaseOrUrl : url(databaseOrUrl);
    return DriverManager.getConnection(url, user, password);
  }
}
