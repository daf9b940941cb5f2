package dev.loadstar.app.archive;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Does what a night does with a handful of rows, so that the JVM, which was told to archive its
 * classes when it ends, knows those of a night. Needs no server.
 */
public final class ClassArchive {
  private ClassArchive() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("loadstar-classes");
    PrintStream nowhere =
        new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try {
      // One that fails leaves a smaller archive, which is better than none.
      int unused = new SampleRun(folder, nowhere).run();
      CompiledQueries.run(folder.resolve("compiled"));
      JarClasses.loadThoseOfServers();
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).forEach(ClassArchive::deleteOne);
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
