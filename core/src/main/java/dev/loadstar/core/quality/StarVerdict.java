package dev.loadstar.core.quality;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What the rules say of a star.
 *
 * @param figures counts and sums over all rows of a table, by a digest of what they are; those of
 *     the next star follow from them
 */
public record StarVerdict(List<QualityResult> results, Map<String, BigDecimal> figures) {
  public StarVerdict {
    results = List.copyOf(results);
    figures = Map.copyOf(figures);
  }

  /** Without figures to follow. */
  public static StarVerdict of(List<QualityResult> results) {
    return new StarVerdict(results, Map.of());
  }
}
