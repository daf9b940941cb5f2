package dev.loadstar.bench.extract;

import dev.loadstar.bench.harness.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Python of the bench's own, with libraries of fixed versions, in the user's cache folder. */
final class PythonFolder {
  private static final List<String> LIBRARIES = List.of("connectorx==0.4.6", "pyarrow==26.0.1");

  private PythonFolder() {}

  /**
   * The interpreter; the first call makes the folder, for which the network is needed.
   *
   * @param log for what the tools print
   * @return empty where there is no Python or the libraries cannot be had
   */
  static Optional<Path> python(Path log) throws InterruptedException {
    Path home =
        Path.of(
                Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                    .orElse(System.getProperty("user.home") + "/.cache"))
            .resolve("loadstar-bench")
            .resolve("connectorx-0.4.6");
    Path python = home.resolve("bin").resolve("python");
    Path complete = home.resolve("complete");
    try {
      if (!Files.exists(complete)) {
        Files.createDirectories(home.getParent());
        ChildProcess.run(List.of("python3", "-m", "venv", home.toString()), Map.of(), log);
        List<String> install =
            new ArrayList<>(List.of(python.toString(), "-m", "pip", "install", "--quiet"));
        install.addAll(LIBRARIES);
        ChildProcess.run(install, Map.of(), log);
        Files.createFile(complete);
      }
      return Optional.of(python);
    } catch (IOException | IllegalStateException e) {
      return Optional.empty();
    }
  }
}
