package dev.loadstar.bench.peers;

import dev.loadstar.bench.harness.ChildProcess;
import dev.loadstar.bench.harness.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * dlt and dbt, pinned, each in a virtual environment of its own, because their libraries would
 * differ.
 *
 * @param home holds {@code dlt/} and {@code dbt/}; what is missing is made
 */
record PeerTools(Path home) {
  private static final String PYTHON = "python3";

  /** Their packages and versions; what others they draw in is left to them. */
  private static final Map<String, List<String>> PACKAGES =
      Map.of(
          "dlt",
          List.of("dlt[postgres,sql-database]==1.31.0", "pyarrow==26.0.1"),
          "dbt",
          List.of("dbt-core==1.10.23", "dbt-postgres==1.9.1"));

  /** {@code LOADSTAR_PEERS_HOME}, else a folder of the user's cache. */
  static PeerTools of(Map<String, String> environment) {
    String given = environment.getOrDefault("LOADSTAR_PEERS_HOME", "");
    if (!given.isEmpty()) {
      return new PeerTools(Path.of(given).toAbsolutePath());
    }
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path caches =
        cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    return new PeerTools(caches.resolve("loadstar-bench").resolve("peers"));
  }

  String extract() {
    return program("dlt", "python");
  }

  String dbt() {
    return program("dbt", "dbt");
  }

  /** For people: what is compared with. */
  static String name() {
    return "dlt 1.31.0 + dbt 1.10.23";
  }

  /**
   * Makes what is missing, which needs {@code python3} and the network once.
   *
   * @return why it cannot be used; empty when it can
   */
  Optional<String> missing() throws IOException, InterruptedException {
    for (String tool : List.of("dlt", "dbt")) {
      Optional<String> reason =
          Files.isExecutable(Path.of(program(tool, "pip"))) ? checked(tool) : made(tool);
      if (reason.isPresent()) {
        return reason;
      }
    }
    return Optional.empty();
  }

  /** Another version would be another comparison. */
  private Optional<String> checked(String tool) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program(tool, "python"), "-c"));
    command.add(
        "import sys, importlib.metadata as m\n"
            + "sys.exit(any(m.version(p.split('==')[0].split('[')[0]) != p.split('==')[1]"
            + " for p in sys.argv[1:]))");
    command.addAll(PACKAGES.get(tool));
    return ended(command)
        ? Optional.empty()
        : Optional.of(
            "%s holds other versions than %s".formatted(home.resolve(tool), pinned(tool)));
  }

  private Optional<String> made(String tool) throws IOException, InterruptedException {
    Path folder = home.resolve(tool);
    Files.createDirectories(home);
    if (!ended(List.of(PYTHON, "-m", "venv", folder.toString()))) {
      Scratch.delete(folder);
      return Optional.of("there is no python3 that can make virtual environments");
    }
    List<String> install = new ArrayList<>();
    install.addAll(List.of(program(tool, "pip"), "install", "--quiet"));
    install.addAll(PACKAGES.get(tool));
    if (!ended(install)) {
      Scratch.delete(folder); // half of it would be taken for all of it
      return Optional.of("%s could not be installed from the network".formatted(pinned(tool)));
    }
    return Optional.empty();
  }

  private static String pinned(String tool) {
    return String.join(" ", PACKAGES.get(tool));
  }

  private String program(String tool, String name) {
    return home.resolve(tool).resolve("bin").resolve(name).toString();
  }

  private static boolean ended(List<String> command) throws InterruptedException {
    try (Scratch scratch = new Scratch("tools")) {
      ChildProcess.run(command, Map.of(), scratch.folder().resolve("log"));
      return true;
    } catch (IOException | IllegalStateException e) { // not there, or it says no
      return false;
    }
  }
}
