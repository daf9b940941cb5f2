package dev.loadstar.tables;

/**
 * What was let go.
 *
 * @param commits whose rows cannot be read any more
 * @param files that were deleted, or would be
 * @param bytes of these
 */
public record Expiry(long commits, long files, long bytes) {}
