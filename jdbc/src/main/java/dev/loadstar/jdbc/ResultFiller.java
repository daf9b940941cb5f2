package dev.loadstar.jdbc;

import dev.loadstar.core.row.RowBatch;
import dev.loadstar.core.row.ValueBuffer;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.List;

/** Fills batches from a JDBC result. */
public final class ResultFiller implements RowFiller {
  /** Takes one value out of a row. */
  private interface Transfer {
    void copy(ResultSet row, int index, ValueBuffer to) throws SQLException;
  }

  private final PreparedStatement statement;
  private final ResultSet rows;
  private final Transfer[] transfers;
  private boolean ended;

  /**
   * Runs a statement.
   *
   * @param statement from {@link Engine#streaming}; closed with this
   */
  public ResultFiller(
      Engine engine, PreparedStatement statement, List<Column> columns, List<Object> binds)
      throws SQLException {
    this.statement = statement;
    this.transfers = columns.stream().map(c -> transfer(engine, c.type())).toArray(Transfer[]::new);
    try {
      for (int i = 0; i < binds.size(); i++) {
        statement.setObject(i + 1, binds.get(i));
      }
      this.rows = statement.executeQuery();
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  @Override
  public void fill(RowBatch batch) throws SQLException {
    while (!batch.isFull() && !ended) {
      if (!rows.next()) {
        ended = true;
        return;
      }
      int i = 0;
      try {
        for (; i < transfers.length; i++) {
          transfers[i].copy(rows, i + 1, batch.column(i));
        }
      } catch (SQLException | ArithmeticException | DateTimeException e) {
        throw new UnreadableValueException(i, e);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }

  private static Transfer transfer(Engine engine, ColumnType type) {
    if (type instanceof Decimal decimal) {
      return (row, i, to) -> Decimals.add(to, row.getBigDecimal(i), decimal);
    }
    return switch ((Simple) type) {
      case INT -> (row, i, to) -> number(row, row.getInt(i), to);
      case BIGINT -> (row, i, to) -> number(row, row.getLong(i), to);
      case BOOLEAN -> (row, i, to) -> number(row, row.getBoolean(i) ? 1 : 0, to);
      case FLOAT -> (row, i, to) -> number(row, Float.floatToRawIntBits(row.getFloat(i)), to);
      case DOUBLE -> (row, i, to) -> number(row, Double.doubleToRawLongBits(row.getDouble(i)), to);
      case TEXT ->
          (row, i, to) -> {
            String text = row.getString(i);
            bytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8), to);
          };
      case BINARY -> (row, i, to) -> bytes(row.getBytes(i), to);
      case DATE, TIMESTAMP, LOCAL_TIMESTAMP -> {
        ColumnReader reader = engine.reader(type);
        yield (row, i, to) -> {
          Number count = (Number) reader.read(row, i);
          if (count == null) {
            to.addNull();
          } else {
            to.add(count.longValue());
          }
        };
      }
    };
  }

  private static void number(ResultSet row, long value, ValueBuffer to) throws SQLException {
    if (row.wasNull()) {
      to.addNull();
    } else {
      to.add(value);
    }
  }

  private static void bytes(byte[] value, ValueBuffer to) {
    if (value == null) {
      to.addNull();
    } else {
      to.add(value, 0, value.length);
    }
  }

  /** Exact numbers as their column keeps them. */
  private static final class Decimals {
    private Decimals() {}

    static void add(ValueBuffer to, BigDecimal value, Decimal type) {
      if (value == null) {
        to.addNull();
        return;
      }
      BigDecimal scaled = value.setScale(type.scale()); // fails rather than rounds
      if (scaled.precision() > type.precision()) {
        throw new ArithmeticException("too many digits");
      }
      if (type.precision() <= 18) {
        to.add(scaled.unscaledValue().longValue());
      } else {
        byte[] unscaled = scaled.unscaledValue().toByteArray();
        to.add(unscaled, 0, unscaled.length);
      }
    }
  }
}
