package dev.loadstar.tables.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.util.AccumulatorV2;

/**
 * What each task of a stage counted, by its partition: a task that is tried again counts the same
 * rows, and only once.
 */
final class TallyCounts
    extends AccumulatorV2<Map<Integer, TallyCounts.Counted>, Map<Integer, TallyCounts.Counted>> {
  private static final long serialVersionUID = 1L;

  /**
   * @param groups for each group its rows by part
   * @param ordered whether each row came after the one before it
   */
  record Counted(Map<List<Object>, long[]> groups, boolean ordered) implements Serializable {}

  private final int parts;
  private final HashMap<Integer, Counted> tasks = new HashMap<>();

  /**
   * @param parts how many the rows go to
   */
  TallyCounts(int parts) {
    this.parts = parts;
  }

  int parts() {
    return parts;
  }

  synchronized void put(int task, Counted counted) {
    tasks.put(task, counted);
  }

  /** Whether the rows of every task came in their order. */
  synchronized boolean ordered() {
    return tasks.values().stream().allMatch(Counted::ordered);
  }

  /** For each task its rows by group, of all parts. */
  synchronized List<Map<List<Object>, Long>> byTask() {
    int most = tasks.keySet().stream().mapToInt(task -> task + 1).max().orElse(0);
    List<Map<List<Object>, Long>> all = new ArrayList<>();
    for (int task = 0; task < most; task++) {
      Map<List<Object>, Long> groups = new HashMap<>();
      if (tasks.containsKey(task)) {
        tasks.get(task).groups().forEach((group, n) -> groups.put(group, Arrays.stream(n).sum()));
      }
      all.add(groups);
    }
    return all;
  }

  /** For each part its rows by group. */
  synchronized List<Map<List<Object>, Long>> byPart() {
    List<Map<List<Object>, Long>> all =
        java.util.stream.IntStream.range(0, parts)
            .<Map<List<Object>, Long>>mapToObj(part -> new HashMap<>())
            .toList();
    for (Counted counted : tasks.values()) {
      counted
          .groups()
          .forEach(
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
  public synchronized void add(Map<Integer, Counted> more) {
    tasks.putAll(more);
  }

  @Override
  public void merge(AccumulatorV2<Map<Integer, Counted>, Map<Integer, Counted>> other) {
    add(other.value());
  }

  @Override
  public synchronized Map<Integer, Counted> value() {
    return new HashMap<>(tasks);
  }
}
