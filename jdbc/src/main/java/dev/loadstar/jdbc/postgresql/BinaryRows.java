package dev.loadstar.jdbc.postgresql;

import dev.loadstar.core.row.RowBatch;
import dev.loadstar.core.type.Column;
import dev.loadstar.jdbc.RowFiller;
import dev.loadstar.jdbc.SqlStates;
import dev.loadstar.jdbc.UnreadableValueException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Rows by {@code COPY (query) TO STDOUT (FORMAT binary)}, which any user may do who may select. The
 * layout is PostgreSQL's manual, COPY, "Binary Format".
 */
final class BinaryRows implements RowFiller {
  private static final int SIGNATURE = 11;
  private static final int TRAILER = -1;

  private final CopyOut copy;
  private final BinaryField[] fields;
  private boolean begun;
  private boolean trailer;
  private boolean ended;

  BinaryRows(Connection connection, String sql, List<Column> columns) throws SQLException {
    PGConnection postgres = connection.unwrap(PGConnection.class);
    // Such a database holds any bytes; all others send sound UTF-8.
    boolean anyBytes = "SQL_ASCII".equals(postgres.getParameterStatus("server_encoding"));
    this.fields =
        columns.stream()
            .map(column -> BinaryField.of(column.type(), anyBytes))
            .toArray(BinaryField[]::new);
    this.copy = postgres.getCopyAPI().copyOut("COPY (" + sql + ") TO STDOUT (FORMAT binary)");
  }

  @Override
  public void fill(RowBatch batch) throws SQLException {
    while (!batch.isFull() && !ended) {
      byte[] message = copy.readFromCopy();
      if (message == null) {
        if (!trailer) {
          throw malformed(null);
        }
        ended = true;
        return;
      }
      try {
        decode(message, batch);
      } catch (ArrayIndexOutOfBoundsException e) {
        throw malformed(e);
      }
    }
  }

  /** A message holds whole rows, usually one; before the first of all stands a header. */
  private void decode(byte[] message, RowBatch batch) throws SQLException {
    int at = 0;
    if (!begun) {
      begun = true;
      int extension = SIGNATURE + 4; // after the flags
      at = extension + 4 + BinaryField.int4(message, extension);
    }
    while (at < message.length) {
      int count = BinaryField.int2(message, at);
      at += 2;
      if (count == TRAILER) {
        trailer = true;
        return;
      }
      if (count != fields.length) {
        throw malformed(null);
      }
      for (int i = 0; i < fields.length; i++) {
        int length = BinaryField.int4(message, at);
        at += 4;
        if (length < 0) {
          batch.column(i).addNull();
        } else {
          try {
            fields[i].read(message, at, length, batch.column(i));
          } catch (ArithmeticException e) {
            throw new UnreadableValueException(i, e);
          }
          at += length;
        }
      }
    }
  }

  private static SQLException malformed(Exception cause) {
    return new SQLException(
        "the copied rows are not laid out as expected", SqlStates.PROTOCOL_VIOLATION, cause);
  }

  @Override
  public void close() {
    if (copy.isActive()) {
      try {
        copy.cancelCopy();
      } catch (SQLException e) {
        return; // the rows are not wanted, and a lost connection shows with the next statement
      }
    }
  }
}
