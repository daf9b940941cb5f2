package dev.loadstar.lake.file;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.OutputFile;

/** A lake in a folder of this machine or of a mounted disk that knows hard links. Thread safe. */
public final class FolderFiles implements LakeFiles {
  private final Path root;

  /**
   * @param root need not exist yet
   */
  public FolderFiles(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /**
   * A hard link of a finished file: Hadoop's own {@code create(path, false)} looks first and writes
   * then, so that both of two racers may win.
   */
  @Override
  public Creation createIfAbsent(String path, byte[] content) {
    Path target = root.resolve(path);
    try {
      Path finished = writeBeside(target, content);
      try {
        Files.createLink(target, finished);
        sync(target.getParent());
        return Creation.CREATED;
      } catch (FileAlreadyExistsException e) {
        return Creation.EXISTS;
      } catch (UnsupportedOperationException e) {
        throw new LoadException(
            ErrorCode.STORE_UNSUITABLE,
            "Cannot use the lake %s: its file system has no hard links, expected one that has. Move the lake to a local disk or to S3."
                .formatted(root),
            e);
      } finally {
        Files.delete(finished);
      }
    } catch (IOException e) {
      throw failed("write", path, e);
    }
  }

  @Override
  public void write(String path, byte[] content) {
    Path target = root.resolve(path);
    try {
      Files.move(writeBeside(target, content), target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed("write", path, e);
    }
  }

  private static Path writeBeside(Path target, byte[] content) throws IOException {
    Files.createDirectories(target.getParent());
    Path file = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    return file;
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public Optional<byte[]> read(String path) {
    try {
      return Optional.of(Files.readAllBytes(root.resolve(path)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", path, e);
    }
  }

  @Override
  public void delete(String path) {
    try {
      Files.deleteIfExists(root.resolve(path));
    } catch (IOException e) {
      throw failed("delete", path, e);
    }
  }

  @Override
  public List<String> list(String folder) {
    try (Stream<Path> files = Files.list(root.resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw failed("list", folder, e);
    }
  }

  @Override
  public List<StoredFile> walk(String folder) {
    List<StoredFile> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root.resolve(folder),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String path = root.relativize(file).toString().replace(File.separatorChar, '/');
              found.add(
                  new StoredFile(
                      path, attributes.size(), attributes.lastModifiedTime().toInstant()));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (e instanceof NoSuchFileException) { // somebody else tidied it away
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
      return found;
    } catch (IOException e) {
      throw failed("list", folder, e);
    }
  }

  /** Not percent-encoded, for Hadoop takes it literally. */
  @Override
  public String uri(String path) {
    return "file://" + root.resolve(path);
  }

  @Override
  public OutputFile newOutput(String path) {
    return new FolderOutput(root.resolve(path));
  }

  @Override
  public InputFile newInput(String path) {
    return new LocalInputFile(root.resolve(path));
  }

  private LoadException failed(String verb, String path, IOException e) {
    boolean refused = e instanceof AccessDeniedException;
    return new LoadException(
        refused ? ErrorCode.CREDENTIALS_REFUSED : ErrorCode.UNREACHABLE,
        "Cannot %s %s in the lake %s: %s, expected a folder that can be read and written. Check that it exists, who owns it and how full the disk is."
            .formatted(verb, path, root, refused ? "access denied" : "the file system failed"),
        e);
  }
}
