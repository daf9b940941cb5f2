package dev.loadstar.ingestion.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;

/** A folder of this machine or of a mounted share. Links are followed. */
record LocalFolder(Path root) implements SourceFolder {
  @Override
  public List<FoundFile> list(int depth) throws IOException {
    List<FoundFile> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root, depth + 1, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (Files.isRegularFile(file)) {
          found.add(look(root.relativize(file).toString().replace('\\', '/')));
        }
      }
    } catch (NoSuchFileException e) {
      if (!Files.isDirectory(root)) {
        throw e;
      }
      return list(depth); // a file went away while we looked
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return found;
  }

  @Override
  public FoundFile look(String name) throws IOException {
    BasicFileAttributes seen = Files.readAttributes(root.resolve(name), BasicFileAttributes.class);
    return new FoundFile(name, seen.size(), seen.lastModifiedTime().toMillis());
  }

  @Override
  public InputStream open(String name) throws IOException {
    return Files.newInputStream(root.resolve(name));
  }

  @Override
  public InputFile openParquet(String name) throws IOException {
    return new LocalInputFile(root.resolve(name));
  }
}
