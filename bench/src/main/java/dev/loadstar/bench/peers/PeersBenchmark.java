package dev.loadstar.bench.peers;

import dev.loadstar.bench.harness.Meter;
import dev.loadstar.bench.harness.ProcessMeter;
import dev.loadstar.bench.harness.Result;
import dev.loadstar.bench.harness.Sample;
import dev.loadstar.bench.harness.Scratch;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Whole nights of a shop, from its tables to a star on one PostgreSQL, beside dlt and dbt. */
public final class PeersBenchmark {
  private enum PeerNight {
    FIRST("the first night", LocalDate.of(2026, 3, 2)),
    CHANGES("a night with changes", LocalDate.of(2026, 3, 3)),
    NOTHING_NEW("a night with nothing new", LocalDate.of(2026, 3, 3));

    final String title;
    final LocalDate date;

    PeerNight(String title, LocalDate date) {
      this.title = title;
      this.date = date;
    }
  }

  /** What the rounds of one night measured. */
  private record MeasuredNight(List<Sample> others, List<Sample> own, List<String> parts) {
    MeasuredNight() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  private final PeerTools tools;
  private final ShopSize size;
  private final Meter meter = new ProcessMeter(List.of());
  private final Map<PeerNight, MeasuredNight> measured = new EnumMap<>(PeerNight.class);

  private PeersBenchmark(PeerTools tools, ShopSize size) {
    this.tools = tools;
    this.size = size;
    for (PeerNight night : PeerNight.values()) {
      measured.put(night, new MeasuredNight());
    }
  }

  /**
   * Prints the verdicts, or one line that says why there are none.
   *
   * @param rows lines of a shop of scale 1
   * @param scale how many times as large the shop is
   * @param change as much changes as in a shop of this scale
   * @throws IllegalStateException when the sides did not come to the same sums
   */
  public static void measure(
      long rows,
      int scale,
      int change,
      int rounds,
      Map<String, String> environment,
      Consumer<String> out)
      throws Exception {
    ShopSize size = ShopSize.of(rows, scale, change);
    PeerTools tools = PeerTools.of(environment);
    Optional<String> missing = tools.missing();
    if (missing.isPresent()) {
      out.accept("peers: skipped, %s%n".formatted(missing.get()));
      return;
    }
    PeersBenchmark benchmark = new PeersBenchmark(tools, size);
    for (int round = 0; round < rounds; round++) {
      benchmark.round(round);
    }
    benchmark.measured.forEach((night, nights) -> out.accept(text(night, nights)));
  }

  private static String text(PeerNight night, MeasuredNight nights) {
    Result result =
        new Result(
            night.title,
            PeerTools.name(),
            "loadstar run",
            nights.own().get(0).outcome().rows(),
            nights.others(),
            nights.own());
    return result.text() + String.join("", nights.parts());
  }

  /** All nights on servers of their own, each side after the other; who begins alternates. */
  private void round(int round) throws Exception {
    try (Scratch scratch = new Scratch("peers");
        PeerShop shop = new PeerShop(resources().resolve("shop"), size)) {
      copy(resources(), scratch.folder());
      PeerSide.LoadstarRun ours = new PeerSide.LoadstarRun(scratch.folder(), shop);
      PeerSide theirs = new PeerSide.DltAndDbt(scratch.folder(), shop, tools);
      ours.migrate();
      shop.firstDay();
      long before = 0;
      for (PeerNight night : PeerNight.values()) {
        if (night == PeerNight.CHANGES) {
          shop.secondDay();
        }
        long lines = shop.lines();
        measure(night, lines - before, (round + night.ordinal()) % 2 == 0, ours, theirs);
        before = lines;
      }
    }
  }

  private void measure(PeerNight night, long rows, boolean weBegin, PeerSide ours, PeerSide theirs)
      throws Exception {
    Sample first = (weBegin ? ours : theirs).measure(night.date, rows, meter);
    Sample second = (weBegin ? theirs : ours).measure(night.date, rows, meter);
    if (!first.outcome().equals(second.outcome())) {
      throw new IllegalStateException(
          "Cannot compare %s: found %s and %s, expected the same sums."
              .formatted(night.title, first.outcome(), second.outcome()));
    }
    MeasuredNight nights = measured.get(night);
    nights.own().add(weBegin ? first : second);
    nights.others().add(weBegin ? second : first);
    nights.parts().add("    %s; %s%n".formatted(theirs.parts(), ours.parts()));
  }

  private static Path resources() throws URISyntaxException {
    return Path.of(PeersBenchmark.class.getResource("/peers").toURI());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
