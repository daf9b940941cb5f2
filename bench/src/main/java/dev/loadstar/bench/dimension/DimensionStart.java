package dev.loadstar.bench.dimension;

import java.nio.file.Path;
import java.time.LocalDate;

/**
 * A dimension as it is before the load that is measured, on both sides. Every round starts from a
 * copy.
 *
 * @param lake Loadstar's, with the load to take in already processed
 * @param rewritten the other side's, its newest generation only
 * @param generation the number of that
 * @param date of the load to take in
 * @param rows of the load to take in
 */
record DimensionStart(Path lake, Path rewritten, int generation, LocalDate date, long rows) {}
