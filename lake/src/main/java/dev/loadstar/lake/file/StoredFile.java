package dev.loadstar.lake.file;

import java.time.Instant;

/**
 * A file as the store lists it.
 *
 * @param path relative to the lake
 * @param modified by the store's own clock
 */
public record StoredFile(String path, long bytes, Instant modified) {}
