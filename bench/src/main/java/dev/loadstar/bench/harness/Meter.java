package dev.loadstar.bench.harness;

/** Where time is read, in nanoseconds from some fixed moment. */
public interface Meter {
  long wallNanos();

  /** Processor time of everything that works for a side. */
  long cpuNanos();
}
