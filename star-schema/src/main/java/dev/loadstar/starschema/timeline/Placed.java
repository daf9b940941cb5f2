package dev.loadstar.starschema.timeline;

/**
 * A version's place in time, half open, microseconds since 1970 UTC.
 *
 * @param keyOrNull null for a version that has no key yet
 */
public record Placed(long from, long to, Long keyOrNull) {}
