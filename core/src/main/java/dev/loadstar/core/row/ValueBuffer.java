package dev.loadstar.core.row;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Decimal;
import dev.loadstar.core.type.ColumnType.Simple;
import java.util.Arrays;

/**
 * Values of one column, one per row. Most types are numbers: BOOLEAN 0 or 1, INT, BIGINT, FLOAT and
 * DOUBLE by their bits, DATE in days since 1970-01-01, TIMESTAMP and LOCAL_TIMESTAMP in
 * microseconds since 1970-01-01T00:00, DECIMAL of up to 18 digits unscaled. TEXT is bytes of UTF-8,
 * BINARY bytes, a longer DECIMAL the two's complement of its unscaled value, highest byte first.
 * Not thread safe.
 */
public final class ValueBuffer implements ColumnValues {
  private static final int LONG_DIGITS = 18;

  private final boolean numeric;
  private long[] numbers;
  private boolean[] nulls;
  private int[] ends;
  private byte[] bytes;
  private int rows;
  private int nullRows;

  ValueBuffer(ColumnType type, int expectedRows) {
    this.numeric = isNumber(type);
    this.numbers = new long[numeric ? expectedRows : 0];
    this.ends = new int[numeric ? 0 : expectedRows];
    this.bytes = new byte[numeric ? 0 : 16 * expectedRows];
    this.nulls = new boolean[expectedRows];
  }

  /** Whether values of a type are kept as numbers. */
  public static boolean isNumber(ColumnType type) {
    return type instanceof Decimal decimal
        ? decimal.precision() <= LONG_DIGITS
        : type != Simple.TEXT && type != Simple.BINARY;
  }

  public void addNull() {
    grow();
    nulls[rows] = true;
    nullRows++;
    if (!numeric) {
      ends[rows] = size();
    }
    rows++;
  }

  /** Adds a value of a column of numbers. */
  public void add(long number) {
    grow();
    numbers[rows++] = number;
  }

  /** Adds a value of a column of bytes. */
  public void add(byte[] from, int offset, int length) {
    grow();
    int start = size();
    if (bytes.length - start < length) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(start, length), 2 * bytes.length));
    }
    System.arraycopy(from, offset, bytes, start, length);
    ends[rows++] = start + length;
  }

  private void grow() {
    if (rows == nulls.length) {
      int more = 2 * rows;
      nulls = Arrays.copyOf(nulls, more);
      numbers = numeric ? Arrays.copyOf(numbers, more) : numbers;
      ends = numeric ? ends : Arrays.copyOf(ends, more);
    }
  }

  void clear() {
    if (nullRows > 0) {
      Arrays.fill(nulls, 0, rows, false);
    }
    nullRows = 0;
    rows = 0;
  }

  public int rows() {
    return rows;
  }

  /** How many rows have no value. */
  public int nullRows() {
    return nullRows;
  }

  public boolean isNull(int row) {
    return nullRows > 0 && nulls[row];
  }

  /** Whether every row has the same value, or none has one; true of no rows. */
  public boolean isOneValue() {
    if (nullRows > 0 || rows == 0) {
      return nullRows == rows;
    }
    for (int row = rows - 1; row > 0; row--) { // sorted values differ at the ends
      if (numeric ? numbers[row] != numbers[0] : !sameBytes(row)) {
        return false;
      }
    }
    return true;
  }

  private boolean sameBytes(int row) {
    return Arrays.equals(bytes, 0, ends[0], bytes, ends[row - 1], ends[row]);
  }

  public long number(int row) {
    return numbers[row];
  }

  /** Where all values of a column of bytes stand; until more are added. */
  public byte[] bytes() {
    return bytes;
  }

  public int start(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  public int length(int row) {
    return ends[row] - start(row);
  }

  /** Adds the value of a row of another buffer of the same type. */
  public void add(ValueBuffer from, int row) {
    if (from.isNull(row)) {
      addNull();
    } else if (numeric) {
      add(from.numbers[row]);
    } else {
      add(from.bytes, from.start(row), from.length(row));
    }
  }

  /** Bytes of all values together. */
  int size() {
    return rows == 0 || numeric ? 0 : ends[rows - 1];
  }
}
