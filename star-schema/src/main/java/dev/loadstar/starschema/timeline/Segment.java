package dev.loadstar.starschema.timeline;

/**
 * One version of a member, without its key.
 *
 * @param from microseconds since 1970 UTC, inclusive
 * @param to exclusive; {@link Timeline#END} when open
 * @param type2Payload the latest observation of the attributes that hold in this segment
 * @param type1Payload the member's latest observation that is no deletion; else its latest
 * @param version from 1, in the order of time
 * @param current whether the segment is open
 * @param deleted whether the member is gone in it, or, where deletions close, went at its end
 */
public record Segment<P>(
    long from,
    long to,
    P type2Payload,
    P type1Payload,
    int version,
    boolean current,
    boolean deleted) {}
