package dev.loadstar.tables.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.util.AccumulatorV2;

/**
 * What each task of a stage counted, by its partition: a task that is tried again counts the same
 * rows, and only once.
 */
final class TallyCounts
    extends AccumulatorV2<
        Map<Integer, Map<List<Object>, long[]>>, Map<Integer, Map<List<Object>, long[]>>> {
  private static final long serialVersionUID = 1L;

  private final int parts;
  private final HashMap<Integer, Map<List<Object>, long[]>> tasks = new HashMap<>();

  /**
   * @param parts how many the rows go to
   */
  TallyCounts(int parts) {
    this.parts = parts;
  }

  int parts() {
    return parts;
  }

  /**
   * @param groups for each group its rows by part
   */
  synchronized void put(int task, Map<List<Object>, long[]> groups) {
    tasks.put(task, groups);
  }

  /** For each part its rows by group. */
  synchronized List<Map<List<Object>, Long>> byPart() {
    List<Map<List<Object>, Long>> all =
        java.util.stream.IntStream.range(0, parts)
            .<Map<List<Object>, Long>>mapToObj(part -> new HashMap<>())
            .toList();
    for (Map<List<Object>, long[]> groups : tasks.values()) {
      groups.forEach(
          (group, counts) -> {
            for (int part = 0; part < parts; part++) {
              if (counts[part] > 0) {
                all.get(part).merge(group, counts[part], Long::sum);
              }
            }
          });
    }
    return all;
  }

  @Override
  public synchronized boolean isZero() {
    return tasks.isEmpty();
  }

  @Override
  public synchronized TallyCounts copy() {
    TallyCounts copy = new TallyCounts(parts);
    copy.tasks.putAll(tasks);
    return copy;
  }

  @Override
  public synchronized void reset() {
    tasks.clear();
  }

  @Override
  public synchronized void add(Map<Integer, Map<List<Object>, long[]>> more) {
    tasks.putAll(more);
  }

  @Override
  public void merge(
      AccumulatorV2<
              Map<Integer, Map<List<Object>, long[]>>, Map<Integer, Map<List<Object>, long[]>>>
          other) {
    add(other.value());
  }

  @Override
  public synchronized Map<Integer, Map<List<Object>, long[]>> value() {
    return new HashMap<>(tasks);
  }
}
