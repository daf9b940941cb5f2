package dev.loadstar.quality;

import java.util.Optional;

/** Knows what a row of a table or entity has, so that rules can be judged without any row. */
@FunctionalInterface
public interface RowNames {
  /**
   * @param subject table of the star or entity
   * @param expression Spark SQL over one row of it
   * @return what is wrong with it; empty when nothing is, or when the subject is not known yet
   */
  Optional<String> problem(String subject, String expression);
}
