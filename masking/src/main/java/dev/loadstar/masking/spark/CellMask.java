package dev.loadstar.masking.spark;

import dev.loadstar.masking.technique.NormalForm;
import dev.loadstar.masking.technique.ValueMask;
import java.io.Serializable;

/** What happens to one value. */
sealed interface CellMask extends Serializable {
  /** Nothing. */
  record Pass() implements CellMask {}

  /** A function of the value. */
  record Apply(ValueMask mask) implements CellMask {}

  /** A token for the value's normal form. */
  record Token(String className, NormalForm form) implements CellMask {}
}
