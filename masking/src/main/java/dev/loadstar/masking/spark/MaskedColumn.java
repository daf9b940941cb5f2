package dev.loadstar.masking.spark;

import dev.loadstar.core.type.ColumnType;
import java.io.Serializable;

/**
 * How one column is masked.
 *
 * @param name in snake_case, the same before and after
 * @param clear its type before
 * @param masked its type after
 * @param rule what happens to a value
 * @param condition index of the condition under which {@code exception} happens instead; -1 for
 *     none
 * @param exception null unless there is a condition
 */
record MaskedColumn(
    String name,
    ColumnType clear,
    ColumnType masked,
    CellMask rule,
    int condition,
    CellMask exception)
    implements Serializable {
  /** Whether every value stays as it is. */
  boolean passes() {
    return rule instanceof CellMask.Pass && condition < 0;
  }

  CellMask maskFor(boolean conditionHolds) {
    return conditionHolds ? exception : rule;
  }
}
