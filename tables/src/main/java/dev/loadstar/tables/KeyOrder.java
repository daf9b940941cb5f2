package dev.loadstar.tables;

import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Compares rows by some of their columns as Spark sorts them: nulls first, text by its UTF-8 bytes,
 * binary unsigned, NaN last and both zeros alike.
 */
public final class KeyOrder implements Comparator<Object[]>, Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] positions;
  private final ColumnType[] types;

  /**
   * @param columns of the rows
   * @param key names of those that decide, in order
   */
  public KeyOrder(List<Column> columns, List<String> key) {
    List<String> names = columns.stream().map(Column::name).toList();
    positions = key.stream().mapToInt(names::indexOf).toArray();
    types =
        Arrays.stream(positions).mapToObj(i -> columns.get(i).type()).toArray(ColumnType[]::new);
  }

  @Override
  public int compare(Object[] a, Object[] b) {
    for (int i = 0; i < positions.length; i++) {
      int order = compare(a[positions[i]], b[positions[i]], types[i]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** The key's values alone. */
  public Object[] keyOf(Object[] row) {
    return keyOf(row, new Object[positions.length]);
  }

  /** The same into an array of the caller's. */
  public Object[] keyOf(Object[] row, Object[] key) {
    for (int i = 0; i < key.length; i++) {
      key[i] = row[positions[i]];
    }
    return key;
  }

  /** How many columns decide. */
  public int size() {
    return positions.length;
  }

  /** Compares a key with the key of a row. */
  public int compareKey(Object[] key, Object[] row) {
    for (int i = 0; i < positions.length; i++) {
      int order = compare(key[i], row[positions[i]], types[i]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Compares two values of a type, either of which may be null. */
  public static int compare(Object a, Object b, ColumnType type) {
    if (a == null || b == null) {
      return a == b ? 0 : a == null ? -1 : 1;
    }
    if (type instanceof ColumnType.Decimal) {
      return ((BigDecimal) a).compareTo((BigDecimal) b);
    }
    return switch ((Simple) type) {
      case TEXT -> compareText((String) a, (String) b);
      case BOOLEAN -> Boolean.compare((Boolean) a, (Boolean) b);
      case INT, DATE -> Integer.compare((Integer) a, (Integer) b);
      case BIGINT, TIMESTAMP, LOCAL_TIMESTAMP -> Long.compare((Long) a, (Long) b);
      case FLOAT -> Float.compare((Float) a + 0.0f, (Float) b + 0.0f);
      case DOUBLE -> Double.compare((Double) a + 0.0, (Double) b + 0.0);
      case BINARY -> Arrays.compareUnsigned((byte[]) a, (byte[]) b);
    };
  }

  /** As their UTF-8 bytes compare, where surrogates stand behind every other character. */
  private static int compareText(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char one = a.charAt(i);
      char other = b.charAt(i);
      if (one != other) {
        boolean oneIsHigh = Character.isSurrogate(one);
        boolean otherIsHigh = Character.isSurrogate(other);
        return oneIsHigh == otherIsHigh ? one - other : oneIsHigh ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }
}
