package dev.loadstar.bench.harness;

/** One way to do a piece of work. Called from one thread, again and again. */
public interface Side {
  String name();

  /** Makes everything ready for one more {@link #run()}; not measured. */
  default void prepare() throws Exception {}

  /** Does the work; measured. */
  void run() throws Exception;

  /** What came out, for both sides to agree on; not measured. */
  Outcome outcome() throws Exception;
}
