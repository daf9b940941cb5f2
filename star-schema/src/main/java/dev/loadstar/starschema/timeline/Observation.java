package dev.loadstar.starschema.timeline;

/**
 * What a source said about a member once.
 *
 * @param effectiveMicros since when it holds, microseconds since 1970 UTC
 * @param deleted whether it says that the member is gone
 */
public record Observation<P>(long effectiveMicros, boolean deleted, P payload) {}
