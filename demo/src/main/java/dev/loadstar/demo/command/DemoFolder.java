package dev.loadstar.demo.command;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.servers.PostgresServer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/** The demo's folder: emptied at the start, but only when an earlier demo made it. */
final class DemoFolder implements AutoCloseable {
  private static final String MARKER = ".loadstar-demo";
  private final Path path;
  private final FileChannel channel;

  private DemoFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * @throws LoadException {@code USAGE} when the folder holds something else or another demo uses
   *     it
   */
  static DemoFolder prepare(Path directory) throws IOException {
    Path path = directory.toAbsolutePath().normalize();
    Path marker = path.resolve(MARKER);
    if (Files.exists(path) && !Files.exists(marker) && !isEmptyFolder(path)) {
      throw new LoadException(
          ErrorCode.USAGE,
          "Cannot use %s for the demo: it holds other files, expected an empty folder or an earlier demo's. Name another with --dir."
              .formatted(directory));
    }
    Files.createDirectories(path);
    FileChannel channel =
        FileChannel.open(marker, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!lock(channel)) {
      channel.close();
      throw new LoadException(
          ErrorCode.USAGE,
          "Cannot use %s for the demo: another demo runs in it, expected none. Stop it, or name another folder with --dir."
              .formatted(directory));
    }
    DemoFolder folder = new DemoFolder(path, channel);
    folder.stopOrphan();
    for (Path inside : contents(path)) {
      if (!inside.equals(marker)) {
        delete(inside);
      }
    }
    return folder;
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  Path postgres() {
    return resolve("postgresql");
  }

  /** Keeps a page where a person can open it once the servers, and with them the lake, are gone. */
  Path keepPage(String name, String html) throws IOException {
    Path page = resolve("reports").resolve(name);
    Files.createDirectories(page.getParent());
    return Files.writeString(page, html);
  }

  /** A demo that was killed leaves its PostgreSQL behind; starting another there ends it. */
  private void stopOrphan() {
    if (Files.exists(postgres().resolve("postmaster.pid"))) {
      try {
        PostgresServer.start(postgres(), 0).close();
      } catch (RuntimeException e) {
        // A damaged folder: it is deleted next, and the server notices that it lost its files.
      }
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static boolean isEmptyFolder(Path path) throws IOException {
    return Files.isDirectory(path) && contents(path).isEmpty();
  }

  private static List<Path> contents(Path path) throws IOException {
    try (Stream<Path> inside = Files.list(path)) {
      return inside.toList();
    }
  }

  /** Follows no links. */
  private static void delete(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
