package dev.loadstar.lake.load;

import java.io.Serializable;

/**
 * A Parquet file that counts.
 *
 * @param path relative to the lake
 * @param rows as its footer says
 * @param bytes its length
 */
public record DataFile(String path, long rows, long bytes) implements Serializable {}
