package dev.loadstar.bench.peers;

import dev.loadstar.bench.harness.ChildProcess;
import dev.loadstar.bench.harness.Meter;
import dev.loadstar.bench.harness.Outcome;
import dev.loadstar.bench.harness.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One side's nights, from the shop to a star. */
abstract class PeerSide {
  final Path folder;
  final PeerShop shop;
  private final List<String> parts = new ArrayList<>();

  /**
   * @param folder holds a copy of the resources and takes what the side writes
   */
  PeerSide(Path folder, PeerShop shop) {
    this.folder = folder;
    this.shop = shop;
  }

  /** What was told of the last night's parts. */
  String parts() {
    return String.join(", ", parts);
  }

  abstract void night(LocalDate date) throws Exception;

  abstract Map<String, String> sums() throws Exception;

  /** Measures a night and adds up what came of it. */
  Sample measure(LocalDate date, long rows, Meter meter) throws Exception {
    parts.clear();
    long cpu = meter.cpuNanos();
    long wall = meter.wallNanos();
    night(date);
    long wallNanos = meter.wallNanos() - wall;
    long cpuNanos = meter.cpuNanos() - cpu;
    return new Sample(wallNanos, cpuNanos, new Outcome(rows, sums().toString()));
  }

  void part(String name, double seconds) {
    parts.add(String.format(Locale.ROOT, "%s %.1f s", name, seconds));
  }

  /** Loadstar by its command line. */
  static final class LoadstarRun extends PeerSide {
    private final Path command = Path.of("loadstar").toAbsolutePath();

    LoadstarRun(Path folder, PeerShop shop) {
      super(folder, shop);
    }

    /** The warehouse's tables; the other side makes its own on the first night. */
    void migrate() throws Exception {
      call("db", "migrate");
    }

    @Override
    void night(LocalDate date) throws Exception {
      Path log = call("run", "--date", date.toString());
      for (String line : Files.readAllLines(log)) { // such as "  ingest   4.9 s  1,000 rows"
        String[] words = line.strip().split(" +");
        if (line.startsWith("  ") && words.length > 2 && words[2].equals("s")) {
          part(words[0], Double.parseDouble(words[1]));
        }
      }
    }

    private Path call(String... arguments) throws Exception {
      Map<String, String> environment = new HashMap<>(shop.addresses());
      environment.put("LOADSTAR_PROJECT", folder.resolve("project").toString());
      environment.put("LOADSTAR_LAKE", folder.resolve("lake").toString());
      environment.put("LOADSTAR_MASKING_KEY", "a key that only the benchmark uses");
      List<String> line = new ArrayList<>(List.of(command.toString()));
      line.addAll(List.of(arguments));
      Path log = folder.resolve("loadstar.log");
      ChildProcess.run(line, environment, log);
      return log;
    }

    @Override
    Map<String, String> sums() throws Exception {
      return shop.sums(PeerShop.OURS, "sums-of-loadstar.sql");
    }
  }

  /** dlt brings the rows, dbt makes the star of them. */
  static final class DltAndDbt extends PeerSide {
    private final PeerTools tools;

    DltAndDbt(Path folder, PeerShop shop, PeerTools tools) {
      super(folder, shop);
      this.tools = tools;
    }

    @Override
    void night(LocalDate date) throws Exception {
      String script = folder.resolve("extract.py").toString();
      String memory = folder.resolve("dlt").toString();
      timed(
          "dlt",
          List.of(tools.extract(), script, shop.shopUrl(), shop.warehouseUrl(), memory),
          Map.of(
              "RUNTIME__DLTHUB_TELEMETRY",
              "false",
              "DLT_DATA_DIR",
              folder.resolve("dlt-home").toString()));
      String models = folder.resolve("models").toString();
      Map<String, String> environment = new HashMap<>(shop.profile());
      environment.put("DO_NOT_TRACK", "1");
      timed(
          "dbt",
          List.of(
              tools.dbt(), "--quiet", "build", "--project-dir", models, "--profiles-dir", models),
          environment);
    }

    private void timed(String name, List<String> command, Map<String, String> environment)
        throws Exception {
      long start = System.nanoTime();
      ChildProcess.run(command, environment, folder.resolve(name + ".log"));
      part(name, (System.nanoTime() - start) / 1e9);
    }

    @Override
    Map<String, String> sums() throws Exception {
      return shop.sums(PeerShop.THEIRS, "sums-of-dbt.sql");
    }
  }
}
