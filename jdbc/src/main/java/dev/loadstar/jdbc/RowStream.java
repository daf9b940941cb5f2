package dev.loadstar.jdbc;

import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import java.io.Closeable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.List;

/**
 * The rows of a query as they come from the server, a bounded number of them in memory.
 *
 * <p>A value that no column type can hold (NaN of an exact number, MySQL's zero dates) ends the
 * reading with {@code SOURCE_DATA_UNREADABLE} and the column's name: silently a null, it would
 * change what the source says. PostgreSQL's infinite dates and times come as the ends of their
 * integers. Not thread safe. The connection stays the caller's.
 */
public final class RowStream implements RowSource, Closeable {
  private final Database database;
  private final String subject;
  private final List<Column> columns;
  private final ColumnReader[] readers;
  private final Object[] row;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private long read;

  /**
   * Runs a query.
   *
   * @param subject what is read, for messages: {@code shop.orders}
   * @param columns the columns of the query in order
   * @param binds parameters of the query, as JDBC takes them
   * @throws LoadException as {@link Database#failure}
   */
  public static RowStream open(
      Database database,
      Connection connection,
      String subject,
      String sql,
      List<Column> columns,
      Object... binds) {
    try {
      PreparedStatement statement = database.engine().streaming(connection, sql);
      try {
        for (int i = 0; i < binds.length; i++) {
          statement.setObject(i + 1, binds[i]);
        }
        return new RowStream(database, subject, columns, statement, statement.executeQuery());
      } catch (SQLException e) {
        statement.close();
        throw e;
      }
    } catch (SQLException e) {
      throw database.failure("read " + subject + " from", e);
    }
  }

  private RowStream(
      Database database,
      String subject,
      List<Column> columns,
      PreparedStatement statement,
      ResultSet rows) {
    this.database = database;
    this.subject = subject;
    this.columns = List.copyOf(columns);
    this.statement = statement;
    this.rows = rows;
    this.row = new Object[columns.size()];
    this.readers =
        columns.stream()
            .map(column -> database.engine().reader(column.type()))
            .toArray(ColumnReader[]::new);
  }

  @Override
  public Object[] next() {
    try {
      if (!rows.next()) {
        return null;
      }
    } catch (SQLException e) {
      throw database.failure("read " + subject + " from", e);
    }
    read++;
    int i = 0;
    try {
      for (; i < readers.length; i++) {
        row[i] = readers[i].read(rows, i + 1);
      }
      return row;
    } catch (SQLException | ArithmeticException | DateTimeException e) {
      throw BatchStream.unreadable(database, subject, read, columns.get(i), e);
    }
  }

  @Override
  public void close() {
    try {
      statement.close();
    } catch (SQLException e) {
      throw database.failure("finish reading " + subject + " from", e);
    }
  }
}
