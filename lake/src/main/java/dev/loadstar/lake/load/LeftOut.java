package dev.loadstar.lake.load;

import java.util.Optional;

/**
 * Why none of a raw load's rows are in processed.
 *
 * @param supersededBy the later load of the same date that stands for it; empty when a person set
 *     it aside
 * @param reason why it was refused, or that person's words; no values of rows
 */
public record LeftOut(Optional<Long> supersededBy, String reason) {}
