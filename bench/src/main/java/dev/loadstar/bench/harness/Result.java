package dev.loadstar.bench.harness;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** What a {@link Comparison} found. */
public final class Result {
  private final String title;
  private final String otherName;
  private final String ourName;
  private final long rows;
  private final List<Sample> others;
  private final List<Sample> own;

  /**
   * @param rows that the work was about; 0 for none
   * @param others one sample a round
   * @param own of the same rounds
   */
  public Result(
      String title,
      String otherName,
      String ourName,
      long rows,
      List<Sample> others,
      List<Sample> own) {
    this.title = title;
    this.otherName = otherName;
    this.ourName = ourName;
    this.rows = rows;
    this.others = List.copyOf(others);
    this.own = List.copyOf(own);
  }

  /** The median over rounds of the other side's wall time by ours: 2.0 is twice as fast. */
  public double ratio() {
    return median(
        IntStream.range(0, own.size())
            .mapToDouble(i -> (double) others.get(i).wallNanos() / own.get(i).wallNanos())
            .toArray());
  }

  /** Three lines for people, ending with the verdict. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%s  (%s%d %s)%n%s%s    median of pairwise ratios: %.2f%n",
        title,
        rows == 0 ? "" : String.format(Locale.ROOT, "%,d rows, ", rows),
        own.size(),
        own.size() == 1 ? "round" : "rounds",
        line(otherName, others),
        line(ourName, own),
        ratio());
  }

  private String line(String name, List<Sample> samples) {
    double cpu = seconds(samples, Sample::cpuNanos);
    String perMillion =
        rows == 0
            ? ""
            : String.format(Locale.ROOT, "   %6.2f CPU s per million rows", cpu * 1e6 / rows);
    return String.format(
        Locale.ROOT,
        "    %-34s %8.2f s   %8.2f CPU s%s%n",
        name,
        seconds(samples, Sample::wallNanos),
        cpu,
        perMillion);
  }

  private static double seconds(List<Sample> samples, ToLongFunction<Sample> nanos) {
    return median(samples.stream().mapToDouble(s -> nanos.applyAsLong(s) / 1e9).toArray());
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
