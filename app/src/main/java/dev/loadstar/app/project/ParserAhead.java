package dev.loadstar.app.project;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;

/**
 * Spark's parser, which reads a project's expressions and takes half a second to start: begun while
 * the command line and the first files are read. Thread safe.
 */
public final class ParserAhead {
  private static final FutureTask<Object> STARTED =
      new FutureTask<>(() -> CatalystSqlParser$.MODULE$.parseExpression("a"));

  private ParserAhead() {}

  /** Begins; once is enough. */
  public static void start() {
    Thread ahead = new Thread(STARTED, "loadstar-parser-ahead");
    ahead.setDaemon(true); // a command that needs no project does not wait for it
    ahead.start();
  }

  /**
   * Waits until it has started, and starts it where nobody did. Nothing else of Spark may be used
   * before: two threads that start parts of it from both ends would wait for each other.
   */
  static void await() {
    STARTED.run();
    try {
      Object unused = STARTED.get();
    } catch (ExecutionException e) {
      return; // whoever has an expression to read meets it again
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
