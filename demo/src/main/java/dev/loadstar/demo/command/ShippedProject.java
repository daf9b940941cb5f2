package dev.loadstar.demo.command;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the project that comes with the application. */
final class ShippedProject {
  private ShippedProject() {}

  /**
   * @throws LoadException {@code NOT_FOUND} when the application's folder is not whole
   */
  static Path find() {
    for (String property : List.of("loadstar.shipped", "loadstar.home", "loadstar.root")) {
      String folder = System.getProperty(property);
      if (folder != null && Files.isRegularFile(Path.of(folder, "config", "loadstar.yaml"))) {
        return Path.of(folder, "config");
      }
    }
    throw new LoadException(
        ErrorCode.NOT_FOUND,
        "Cannot find the project of the demo: no config/loadstar.yaml beside the application, expected one. Start the demo with ./loadstar, or set -Dloadstar.shipped.");
  }
}
