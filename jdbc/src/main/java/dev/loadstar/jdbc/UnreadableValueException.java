package dev.loadstar.jdbc;

/** A value that its column's type cannot hold. */
public final class UnreadableValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int column;

  /**
   * @param column its place in the query, from 0
   */
  public UnreadableValueException(int column, Exception cause) {
    super("a value in column " + (column + 1), cause);
    this.column = column;
  }

  int column() {
    return column;
  }
}
