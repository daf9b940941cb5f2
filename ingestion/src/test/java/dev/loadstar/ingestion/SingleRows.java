package dev.loadstar.ingestion;

import dev.loadstar.core.row.RowBatch;

/** A sink for sources that hand rows on one by one. */
public record SingleRows(Taker taker) implements RawRowSink {
  /** As {@link RawRowSink#row}. */
  @FunctionalInterface
  public interface Taker {
    void row(String origin, long rowNumber, String malformed, Object[] values);
  }

  @Override
  public void row(String origin, long rowNumber, String malformed, Object[] values) {
    taker.row(origin, rowNumber, malformed, values);
  }

  @Override
  public void rows(String origin, long firstRow, RowBatch rows) {
    throw new AssertionError("expected single rows");
  }

  @Override
  public RawRowSink beside() {
    throw new AssertionError("expected one sink");
  }
}
