package dev.loadstar.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A command that must succeed. What it prints is kept in a file and shown when it fails. */
public final class ChildProcess {
  private ChildProcess() {}

  /**
   * Runs a command to its end.
   *
   * @param environment added to this process's own
   * @throws IllegalStateException with the last of what it printed, when it ends with another code
   *     than 0
   */
  public static void run(List<String> command, Map<String, String> environment, Path log)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      int code = process.waitFor();
      if (code != 0) {
        List<String> lines = Files.readAllLines(log);
        throw new IllegalStateException(
            "%s ended with exit code %d:%n%s"
                .formatted(
                    Path.of(command.get(0)).getFileName(),
                    code,
                    String.join(
                        "\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()))));
      }
    } finally {
      process.destroy();
    }
  }
}
