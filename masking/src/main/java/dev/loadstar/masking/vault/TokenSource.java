package dev.loadstar.masking.vault;

import java.io.Serializable;

/** Travels to executors, each of which opens the vault itself. Thread safe. */
public interface TokenSource extends Serializable {
  /** Makes the vault ready for use; called on the driver. Harmless when it is. */
  void prepare();

  Tokens open();

  /** The look-up hash of a value's normal form; it survives a rotation of keys. */
  String lookup(String className, String normalForm);
}
