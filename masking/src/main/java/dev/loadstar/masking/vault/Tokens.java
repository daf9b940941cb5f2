package dev.loadstar.masking.vault;

import java.util.Map;

/** An open token vault. Not thread safe. */
public interface Tokens extends AutoCloseable {
  /**
   * The tokens of values, made where there were none; safe against every racer. The most values in
   * one call is {@link #MAX_VALUES}.
   *
   * @param className the class of the values
   * @param clearByLookup normal forms by their keyed look-up hash
   * @return tokens by look-up hash, one for each asked
   * @throws dev.loadstar.core.error.LoadException {@code UNREACHABLE} when the vault is; never with
   *     a value
   */
  Map<String, String> tokens(String className, Map<String, String> clearByLookup);

  int MAX_VALUES = 1000;

  @Override
  void close();
}
