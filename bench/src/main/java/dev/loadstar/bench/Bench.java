package dev.loadstar.bench;

import dev.loadstar.bench.dimension.DimensionBenchmark;
import dev.loadstar.bench.emptyrun.EmptyRun;
import dev.loadstar.bench.extract.ExtractBenchmark;
import dev.loadstar.bench.peers.PeersBenchmark;
import dev.loadstar.bench.publish.PublishBenchmark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code bench/run publish|dimension|night|extract|peers [--rows N] [--rounds N] ...}. */
public final class Bench {
  private static final String USAGE =
      "usage: bench/run publish|dimension|night|extract|peers [--rows N] [--rounds N]"
          + " [--connectorx] [--scale N] [--change N]";

  /** {@code bench/run} starts in the project's root. */
  private static final Path MIGRATIONS = Path.of("warehouse", "migrations").toAbsolutePath();

  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(arguments));
    if (words.isEmpty() || words.get(0).startsWith("-")) {
      System.err.println(USAGE);
      return;
    }
    String name = words.remove(0);
    long rows = option(words, "--rows", 1_000_000);
    int rounds = Math.toIntExact(option(words, "--rounds", name.equals("peers") ? 1 : 3));
    int scale = Math.toIntExact(option(words, "--scale", 1));
    int change = Math.toIntExact(option(words, "--change", scale));
    boolean connectorX = words.remove("--connectorx");
    if (!words.isEmpty()) {
      throw new IllegalArgumentException("unknown option " + words.get(0) + "; " + USAGE);
    }
    switch (name) {
      case "publish" -> PublishBenchmark.measure(rows, rounds, MIGRATIONS, System.out::print);
      case "dimension" -> DimensionBenchmark.measure(rows, rounds, System.out::print);
      case "extract" -> ExtractBenchmark.measure(rows, rounds, connectorX, System.out::print);
      case "night" -> System.out.print(EmptyRun.measure(rounds).text());
      case "peers" ->
          PeersBenchmark.measure(rows, scale, change, rounds, System.getenv(), System.out::print);
      default -> throw new IllegalArgumentException("no benchmark " + name + "; " + USAGE);
    }
  }

  private static long option(List<String> words, String name, long otherwise) {
    int place = words.indexOf(name);
    if (place < 0) {
      return otherwise;
    }
    if (place + 1 == words.size()) {
      throw new IllegalArgumentException(name + " needs a number");
    }
    words.remove(place);
    return Long.parseLong(words.remove(place).replace("_", ""));
  }
}
