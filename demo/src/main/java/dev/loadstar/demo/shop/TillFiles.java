package dev.loadstar.demo.shop;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Drops a day's till files into a folder. Stateless. */
public final class TillFiles {
  private TillFiles() {}

  /**
   * Writes what the tills drop on a day. A file appears whole, and a file that stands there already
   * stays as it is, time of change included.
   *
   * @param folder created when missing
   */
  public static void write(Path folder, Day day) throws IOException {
    Files.createDirectories(folder);
    for (TillFile file : day.tillFiles()) {
      Path target = folder.resolve(file.name());
      if (Files.exists(target)) {
        continue;
      }
      Path unfinished = folder.resolve("." + file.name() + ".part");
      try (BufferedWriter writer = open(unfinished, file.name().endsWith(".gz"));
          Stream<String> lines = file.lines().get()) {
        for (Iterator<String> it = lines.iterator(); it.hasNext(); ) {
          writer.write(it.next());
          writer.write('\n');
        }
      }
      Instant dropped = day.date().atTime(21, 30).toInstant(java.time.ZoneOffset.UTC);
      Files.setLastModifiedTime(unfinished, FileTime.from(dropped));
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static BufferedWriter open(Path path, boolean compressed) throws IOException {
    OutputStream out = Files.newOutputStream(path);
    return new BufferedWriter(
        new OutputStreamWriter(
            compressed ? new GZIPOutputStream(out) : out, StandardCharsets.UTF_8));
  }
}
