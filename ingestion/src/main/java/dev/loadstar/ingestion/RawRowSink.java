package dev.loadstar.ingestion;

/** Takes raw rows one after another. Not thread safe; each split has its own. */
@FunctionalInterface
public interface RawRowSink {
  /**
   * @param origin file, page or table; strings must sort in reading order
   * @param rowNumber from 1 within {@code origin}
   * @param malformed null, or the record as it came when it could not be split into columns
   * @param values of the plan's columns, typed as {@link dev.loadstar.lake.parquet.RowWriter} says;
   *     for {@code JSON} the record's text alone. Ignored, and may be null, for a malformed record.
   *     May be reused by the caller
   */
  void row(String origin, long rowNumber, String malformed, Object[] values);
}
