package dev.loadstar.bench.harness;

/** One measured run of one side. */
public record Sample(long wallNanos, long cpuNanos, Outcome outcome) {}
