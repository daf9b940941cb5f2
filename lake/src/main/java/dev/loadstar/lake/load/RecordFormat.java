package dev.loadstar.lake.load;

/** How raw rows keep what came. */
public enum RecordFormat {
  /** Columns with the source's types: databases and Parquet files. */
  TYPED,
  /** Columns of text: CSV. */
  TEXT,
  /**
   * One text column {@code _record} with a JSON object; {@link RawLoad#columns()} lists its fields.
   */
  JSON
}
