package dev.loadstar.bench.dimension;

import dev.loadstar.tables.spark.SparkTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.RDDInfo;
import scala.jdk.javaapi.CollectionConverters;

/** Takes down Spark's stages as they end. */
final class StageSpans extends SparkListener {
  private static final long WAIT_MILLIS = 10_000;

  /** What folds is called by its class; jobs that write say so. */
  private static final String FOLDING = "MemberFold";

  /**
   * A stage with this reads what was kept in memory; its metrics count that as read, in batches.
   */
  private static final String KEPT = "InMemoryTableScan";

  interface Work {
    void run() throws Exception;
  }

  private final Map<Integer, Long> executions = new ConcurrentHashMap<>();
  private final Set<Integer> writing = ConcurrentHashMap.newKeySet();
  private final List<StageSpan> spans = new ArrayList<>();

  private StageSpans() {}

  /** The stages that ended while {@code work} ran. */
  static List<StageSpan> during(SparkSession spark, Work work) throws Exception {
    StageSpans listener = new StageSpans();
    spark.sparkContext().addSparkListener(listener);
    try {
      work.run();
      spark.sparkContext().listenerBus().waitUntilEmpty(WAIT_MILLIS);
    } finally {
      spark.sparkContext().removeSparkListener(listener);
    }
    return List.copyOf(listener.spans);
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted event) {
    String execution = event.properties().getProperty("spark.sql.execution.id", "-1");
    executions.put(event.stageInfo().stageId(), Long.valueOf(execution));
    String description = event.properties().getProperty("spark.job.description", "");
    if (description.startsWith(SparkTables.WRITES)) {
      writing.add(event.stageInfo().stageId());
    }
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted event) {
    StageInfo stage = event.stageInfo();
    List<String> operators =
        CollectionConverters.asJava(stage.rddInfos()).stream()
            .filter(rdd -> rdd.scope().isDefined())
            .map(rdd -> rdd.scope().get().name())
            .toList();
    List<String> names =
        CollectionConverters.asJava(stage.rddInfos()).stream().map(RDDInfo::name).toList();
    boolean writes = writing.contains(stage.stageId()) && stage.shuffleDepId().isEmpty();
    spans.add(
        new StageSpan(
            executions.getOrDefault(stage.stageId(), -1L),
            names.contains(FOLDING) && !writes, // who writes reads what was folded and kept
            writes,
            (Long) stage.submissionTime().get(),
            (Long) stage.completionTime().get(),
            stage.taskMetrics().executorRunTime(),
            operators.contains(KEPT) ? 0 : stage.taskMetrics().inputMetrics().recordsRead()));
  }
}
