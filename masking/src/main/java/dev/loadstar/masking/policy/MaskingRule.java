package dev.loadstar.masking.policy;

import dev.loadstar.masking.technique.Technique;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A technique and who answers for it.
 *
 * @param reviewBy after this day somebody should look at it again
 */
public record MaskingRule(
    Technique technique, Optional<String> owner, Optional<LocalDate> reviewBy) {}
