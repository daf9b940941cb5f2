package dev.loadstar.ingestion;

import dev.loadstar.core.row.RowBatch;

/** Takes raw rows one after another, or many at a time. Not thread safe; each split has its own. */
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

  /**
   * @param origin as above
   * @param firstRow number of the first row, from 1 within {@code origin}
   * @param rows of the plan's columns; may be reused by the caller
   */
  void rows(String origin, long firstRow, RowBatch rows);

  /**
   * One more sink of the same split, for another thread. What both take counts together or not at
   * all. May be called from any thread.
   */
  RawRowSink beside();
}
