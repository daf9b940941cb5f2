package dev.loadstar.jdbc;

/** Rows one after another. Not thread safe. */
@FunctionalInterface
public interface RowSource {
  /**
   * The next row, or null after the last. The array may be used again for the row after it.
   *
   * <p>A value's Java type follows its column: TEXT String, BOOLEAN Boolean, INT Integer, BIGINT
   * Long, FLOAT Float, DOUBLE Double, DECIMAL BigDecimal, DATE Integer (days since 1970-01-01),
   * TIMESTAMP and LOCAL_TIMESTAMP Long (microseconds since 1970-01-01T00:00), BINARY byte[].
   */
  Object[] next();
}
