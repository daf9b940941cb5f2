package dev.loadstar.app.command;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code init}: a new commented project. */
@Command(name = "init", description = "Write a new, commented project into an empty folder.")
final class InitCommand implements Callable<Integer> {
  private static final List<String> FILES =
      List.of(
          "loadstar.yaml",
          "sources.yaml",
          "masking/classification.yaml",
          "masking/policies.yaml",
          "star-schema.yaml",
          "quality.yaml",
          "migrations/postgresql/V001__star.sql",
          "migrations/mysql/V001__star.sql");

  @CommandLine.Mixin private final Call call;

  @Parameters(index = "0", paramLabel = "DIR", description = "The folder; created when missing.")
  private Path directory;

  InitCommand(Call call) {
    this.call = call;
  }

  @Override
  public Integer call() {
    try {
      requireEmpty();
      for (String file : FILES) {
        Path target = directory.resolve(file);
        Files.createDirectories(target.getParent());
        try (InputStream in =
            InitCommand.class.getResourceAsStream("/dev/loadstar/app/init/" + file)) {
          Files.copy(in, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (call.console().json()) {
      call.console().object(Map.of("project", directory.toString(), "files", FILES));
    } else {
      call.console()
          .line(
              "Wrote a project into " + directory + ". Next: set WAREHOUSE_URL, SHOP_URL and what");
      call.console()
          .line(
              "loadstar --project "
                  + directory
                  + " validate names, and edit the files to your data.");
    }
    return 0;
  }

  private void requireEmpty() throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    if (Files.isDirectory(directory)) {
      try (Stream<Path> inside = Files.list(directory)) {
        if (inside.findAny().isEmpty()) {
          return;
        }
      }
    }
    throw new LoadException(
        ErrorCode.USAGE,
        "Cannot write a project into %s: it is not an empty folder, expected one. Name another."
            .formatted(directory));
  }
}
