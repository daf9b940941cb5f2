package dev.loadstar.bench.emptyrun;

import dev.loadstar.bench.harness.ChildProcess;
import dev.loadstar.bench.harness.Comparison;
import dev.loadstar.bench.harness.Outcome;
import dev.loadstar.bench.harness.ProcessMeter;
import dev.loadstar.bench.harness.Result;
import dev.loadstar.bench.harness.Scratch;
import dev.loadstar.bench.harness.Side;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The fixed cost of a night with nothing new: the whole command line on a date that was loaded
 * already, beside a Spark application that does nothing.
 */
public final class EmptyRun {
  private EmptyRun() {}

  /** Builds nothing: the application folder must be there, or its building is measured too. */
  public static Result measure(int rounds) throws Exception {
    try (Scratch scratch = new Scratch("night");
        ShopFloor shop = new ShopFloor(scratch.folder(), 1)) {
      shop.migrate();
      shop.night();
      long facts = shop.facts();
      if (facts == 0) {
        throw new IllegalStateException("the first night loaded nothing");
      }
      Side again =
          side("loadstar run, nothing new", shop::night, () -> require(shop.facts() == facts));
      Side bare = side("Spark, one query", () -> bareSpark(scratch.folder()), () -> {});
      return new Comparison("fixed cost of a night with nothing new", bare, again, rounds)
          .run(new ProcessMeter(List.of(shop.serverPid())));
    }
  }

  private interface Action {
    void run() throws Exception;
  }

  private static Side side(String name, Action work, Action check) {
    return new Side() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void run() throws Exception {
        work.run();
      }

      @Override
      public Outcome outcome() throws Exception {
        check.run();
        return new Outcome(0, "nothing new");
      }
    };
  }

  private static void require(boolean unchanged) {
    if (!unchanged) {
      throw new IllegalStateException("running again changed the warehouse");
    }
  }

  private static void bareSpark(Path folder) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BareSpark.class.getName());
    ChildProcess.run(command, Map.of(), folder.resolve("spark.log"));
  }
}
