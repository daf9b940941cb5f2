package dev.loadstar.tables;

/**
 * A table as some commit has it, or as an attempt is making it. Immutable; what its rows stand in
 * is its implementation's own business.
 */
public interface Table {
  TableShape shape();

  /** Live rows. */
  long rows();

  /** The next free surrogate key; 1 for tables without. */
  long nextKey();

  default String name() {
    return shape().name();
  }
}
