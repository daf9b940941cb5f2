package dev.loadstar.bench.harness;

/** One measured run of one side. */
record Sample(long wallNanos, long cpuNanos, Outcome outcome) {}
