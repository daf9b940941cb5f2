package dev.loadstar.app.project;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Decides which folder is the project. */
public final class ProjectFinder {
  private static final String FILE = "loadstar.yaml";

  private ProjectFinder() {}

  /**
   * @param asked what {@code --project} says
   * @param current the folder that the command was called in
   * @throws LoadException {@code USAGE} when there is none
   */
  public static Project find(Optional<Path> asked, Map<String, String> environment, Path current) {
    String named =
        asked.map(Path::toString).orElse(environment.getOrDefault("LOADSTAR_PROJECT", ""));
    if (!named.isEmpty()) {
      Path folder = current.resolve(named);
      if (!Files.isRegularFile(folder.resolve(FILE))) {
        throw new LoadException(
            ErrorCode.USAGE,
            "Cannot open the project %s: no %s in it, expected one. Correct --project or LOADSTAR_PROJECT, or make a project with loadstar init."
                .formatted(named, FILE));
      }
      return Project.load(folder, named);
    }
    for (Path folder = current.toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(FILE))) {
        return Project.load(folder, relative(current, folder));
      }
    }
    Path config = current.resolve("config");
    if (Files.isRegularFile(config.resolve(FILE))) {
      return Project.load(config, "config");
    }
    throw new LoadException(
        ErrorCode.USAGE,
        "Cannot find a project: no %s here, above or in config/. Name one with --project, or make one with loadstar init."
            .formatted(FILE));
  }

  private static String relative(Path current, Path folder) {
    return current.toAbsolutePath().relativize(folder).toString();
  }
}
