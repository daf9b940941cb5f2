package dev.loadstar.jdbc;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.secret.Secret;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;

/**
 * A database and how to get in. Connects on demand and keeps nothing open; thread safe.
 *
 * <p>Sessions run in UTC. Driver options in the URL pass through and win over ours, so TLS is
 * configured there.
 */
public final class Database {
  private static final Pattern PLACE = Pattern.compile("jdbc:[a-z]+:(?://)?([^?;]*)");

  private final String url;
  private final Optional<String> user;
  private final Optional<Secret> password;
  private final Engine engine;

  /**
   * @param url {@code jdbc:postgresql://...} or {@code jdbc:mysql://...}
   * @param user empty when the URL or the driver knows it
   * @throws LoadException {@code CONFIGURATION_INVALID} for another kind of URL
   */
  public Database(String url, Optional<String> user, Optional<Secret> password) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.engine = Engines.of(url);
  }

  public Engine engine() {
    return engine;
  }

  /** For libraries that connect by themselves; may hold driver options, so never log it. */
  public String url() {
    return url;
  }

  public Optional<String> user() {
    return user;
  }

  public Optional<Secret> password() {
    return password;
  }

  /**
   * Opens a connection in auto-commit mode.
   *
   * @throws LoadException {@code CREDENTIALS_REFUSED}, {@code NOT_FOUND} (no such database), {@code
   *     CONFIGURATION_INVALID} (no trust in the server) or {@code UNREACHABLE}
   */
  public Connection connect() {
    return connect(engine.connectionProperties(), engine.sessionStatements(), List.of());
  }

  /**
   * As {@link #connect()}, and ready for {@link Engine#load}. Apart, because a MySQL client that
   * allows LOCAL INFILE lets the server ask for files: only a warehouse is trusted that far.
   */
  public Connection connectForLoading() {
    Map<String, String> properties = new HashMap<>(engine.connectionProperties());
    properties.putAll(engine.loadingProperties());
    return connect(properties, engine.sessionStatements(), engine.loadingStatements());
  }

  private Connection connect(
      Map<String, String> defaults, List<String> session, List<String> loading) {
    Properties properties = new Properties();
    defaults.forEach(
        (key, value) -> {
          if (!url.matches("(?s).*[?&]" + Pattern.quote(key) + "=.*")) {
            properties.setProperty(key, value);
          }
        });
    user.ifPresent(value -> properties.setProperty("user", value));
    password.ifPresent(value -> properties.setProperty("password", value.reveal()));
    try {
      Connection connection = DriverManager.getConnection(url, properties);
      try (Statement statement = connection.createStatement()) {
        for (String sql : session) {
          statement.execute(sql);
        }
        for (String sql : loading) {
          statement.execute(sql);
        }
        return connection;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw failure("connect to", e);
    }
  }

  /**
   * Puts a driver's failure into our words.
   *
   * @param action what could not be done, without the place: {@code read shop.orders from}
   */
  public LoadException failure(String action, SQLException e) {
    return failure(action, e, ErrorCode.INTERNAL);
  }

  /**
   * @param otherwise the code of failures that no class of SQLSTATE explains
   */
  public LoadException failure(String action, SQLException e, ErrorCode otherwise) {
    SqlFailure failure = untrusted(e) ? SqlFailure.UNTRUSTED : engine.classify(e);
    ErrorCode code = failure.code() == ErrorCode.INTERNAL ? otherwise : failure.code();
    return new LoadException(
        code,
        "Cannot %s %s: %s (SQLSTATE %s, code %d). %s."
            .formatted(
                action,
                this,
                failure.found(),
                SqlStates.shown(e.getSQLState()),
                e.getErrorCode(),
                failure.nextAction()),
        e);
  }

  /** Drivers report a failed handshake as any other lost connection; nobody mends it by waiting. */
  private static boolean untrusted(SQLException e) {
    Throwable cause = e;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (cause instanceof SSLHandshakeException || cause instanceof GeneralSecurityException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Host, port and database: all of the address that may be shown. */
  @Override
  public String toString() {
    Matcher place = PLACE.matcher(url);
    String found = place.find() ? place.group(1) : "";
    // Connector/J also takes (host=h,port=p,password=…) and address=(host=h)(password=…) for a
    // host.
    return found.contains("(")
        ? "an address in brackets"
        : found.substring(found.lastIndexOf('@') + 1);
  }
}
