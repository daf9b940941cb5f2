package dev.loadstar.demo.run;

import dev.loadstar.tables.spark.SparkTables;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationStart;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Does something once, when the first task of a job that writes a table begins. */
public final class FirstWrite extends SparkListener {
  /** What to do with an application and the executor that got the task. */
  interface Incident {
    void happen(String application, String executor) throws Exception;
  }

  private static final AtomicReference<Incident> NEXT = new AtomicReference<>();
  private static final AtomicReference<Throwable> FAILURE = new AtomicReference<>();

  private final Map<Integer, Boolean> writing = new ConcurrentHashMap<>();
  private volatile String application = "";

  /** For the next Spark session of this JVM that has this listener. */
  static void expect(Incident incident) {
    FAILURE.set(null);
    NEXT.set(incident);
  }

  /** Whether it happened, and well. */
  static boolean happened() {
    if (FAILURE.get() != null) {
      throw new AssertionError(FAILURE.get());
    }
    return NEXT.get() == null;
  }

  @Override
  public void onApplicationStart(SparkListenerApplicationStart start) {
    application = start.appId().get();
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted stage) {
    String job = stage.properties().getProperty("spark.job.description", "");
    writing.put(stage.stageInfo().stageId(), job.startsWith(SparkTables.WRITES));
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart task) {
    if (writing.getOrDefault(task.stageId(), false)) {
      Incident incident = NEXT.getAndSet(null);
      if (incident != null) {
        try {
          incident.happen(application, task.taskInfo().executorId());
        } catch (Exception e) {
          FAILURE.set(e);
        }
      }
    }
  }
}
