package dev.loadstar.ingestion.database;

/**
 * What reading brought.
 *
 * @param withoutCursor rows that have nothing in the cursor's column
 * @param highest value of the cursor; null for none
 */
record CopiedRows(long rows, long withoutCursor, Object highest) {
  static final CopiedRows NONE = new CopiedRows(0, 0, null);
}
