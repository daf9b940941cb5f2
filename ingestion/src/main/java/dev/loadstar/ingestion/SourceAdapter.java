package dev.loadstar.ingestion;

/**
 * One kind of source. It answers two questions: which splits does an entity have, and how is one
 * split copied. Thread safe; one adapter serves all entities of one source at the same time.
 *
 * @param <S> its own kind of split
 */
public interface SourceAdapter<S extends Split> {
  /**
   * Looks at the source and says what there is to copy.
   *
   * @throws dev.loadstar.core.error.LoadException as {@link #copy}; {@code UNREACHABLE} is tried
   *     again
   */
  ExtractionPlan<S> plan(EntityRequest request);

  /**
   * Copies one split into a sink, all of it or an exception. May be called again for the same split
   * with a fresh sink after {@code UNREACHABLE}.
   */
  SplitResult copy(S split, RawRowSink sink);

  /** Whether the adapter tries again by itself, so that nobody else should. */
  default boolean retriesItself() {
    return false;
  }
}
