package dev.loadstar.tables;

import dev.loadstar.lake.Lake;
import dev.loadstar.lake.Lakes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lakes in folders. */
public final class TestLakes {
  private TestLakes() {}

  public static Lake in(Path folder) {
    return Lakes.open(folder.toString(), folder, Map.of());
  }

  /** The folder of such a lake. */
  static Path folder(Lake lake) {
    return Path.of(lake.files().uri("").substring("file://".length()));
  }

  public static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every Parquet file of a lake, relative to it. */
  public static List<String> parquet(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(path -> folder.relativize(path).toString())
          .filter(path -> path.endsWith(".parquet"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
