package dev.loadstar.masking.spark;

import dev.loadstar.masking.vault.TokenSource;
import dev.loadstar.masking.vault.Tokens;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.function.BiFunction;

/** Masks rows in batches, with one visit to the vault for each. */
final class TokenizedRows implements Iterator<Object[]> {
  private static final int BATCH_ROWS = 1000;

  private final Iterator<Object[]> clear;
  private final BiFunction<Object[], TokenBatch, Object[]> mask;
  private final TokenSource source;
  private final Tokens tokens;
  private final Queue<Object[]> ready = new ArrayDeque<>();

  TokenizedRows(
      Iterator<Object[]> clear,
      BiFunction<Object[], TokenBatch, Object[]> mask,
      TokenSource source,
      Tokens tokens) {
    this.clear = clear;
    this.mask = mask;
    this.source = source;
    this.tokens = tokens;
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty() || clear.hasNext();
  }

  @Override
  public Object[] next() {
    if (ready.isEmpty()) {
      TokenBatch batch = new TokenBatch(source);
      while (ready.size() < BATCH_ROWS && clear.hasNext()) {
        ready.add(mask.apply(clear.next(), batch));
      }
      batch.fill(tokens);
    }
    return ready.remove();
  }
}
