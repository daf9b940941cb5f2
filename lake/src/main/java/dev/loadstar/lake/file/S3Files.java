package dev.loadstar.lake.file;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;

/** A lake under a prefix of an S3 bucket, through S3A. Thread safe. */
public final class S3Files implements LakeFiles {
  private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";

  /** S3A's own patience is minutes; a night's retries are for the scheduler to decide. */
  private static final Map<String, String> PATIENCE =
      Map.of(
          "fs.s3a.attempts.maximum", "3",
          "fs.s3a.retry.limit", "3",
          "fs.s3a.retry.interval", "500ms",
          "fs.s3a.connection.establish.timeout", "5s",
          "fs.s3a.connection.timeout", "60s");

  private final FileSystem store;
  private final Path root;
  private final Map<String, String> options;

  private S3Files(FileSystem store, Path root, Map<String, String> options) {
    this.store = store;
    this.root = root;
    this.options = options;
  }

  /**
   * @param address {@code s3a://bucket/prefix}
   * @param given S3A's options by their Hadoop names; credentials that none of them names come from
   *     where the AWS SDK looks for them
   */
  public static S3Files open(String address, Map<String, String> given) {
    Map<String, String> options = new TreeMap<>(PATIENCE);
    options.putAll(given);
    Configuration configuration = new Configuration();
    options.forEach(configuration::set);
    URI uri = URI.create(address.endsWith("/") ? address : address + "/");
    try {
      // Not the cached one: another lake in the same bucket may have other credentials.
      FileSystem store = FileSystem.newInstance(uri, configuration);
      return new S3Files(store, new Path(uri), Map.copyOf(options));
    } catch (IOException e) {
      throw failure("open", "the bucket", address, e);
    }
  }

  /** With these Spark reaches the same place; they may hold secrets. */
  public Map<String, String> hadoopOptions() {
    return options;
  }

  /**
   * A read cannot tell a missing object from a missing bucket, a listing can.
   *
   * @throws LoadException {@code NOT_FOUND} when there is no such bucket
   */
  public void requireBucket() {
    var unused = list("");
  }

  /**
   * Proves on an object of its own that a second conditional creation does not win.
   *
   * @throws LoadException {@code STORE_UNSUITABLE} when it does
   */
  public void requireConditionalCreation() {
    String probe = "_probe/" + UUID.randomUUID();
    byte[] first = "first".getBytes(StandardCharsets.UTF_8);
    createIfAbsent(probe, first);
    Creation again = createIfAbsent(probe, "second".getBytes(StandardCharsets.UTF_8));
    boolean kept = read(probe).map(found -> Arrays.equals(found, first)).orElse(false);
    try {
      store.delete(path(probe), false);
    } catch (IOException e) {
      throw failed("delete", probe, e);
    }
    if (again != Creation.EXISTS || !kept) {
      throw new LoadException(
          ErrorCode.STORE_UNSUITABLE,
          "Cannot use the lake %s: its store overwrote an object that a conditional PUT should have kept, expected If-None-Match to be honoured. Use a store that honours it."
              .formatted(root));
    }
  }

  /**
   * Whatever went wrong, what stands there afterwards decides: our own bytes mean that we won, even
   * if a retry of ours was told that it came too late.
   */
  @Override
  public Creation createIfAbsent(String path, byte[] content) {
    try {
      FSDataOutputStreamBuilder<?, ?> creation = store.createFile(path(path));
      creation.recursive();
      creation.must(CONDITIONAL, true);
      try (FSDataOutputStream out = creation.build()) {
        out.write(content);
      }
      return Creation.CREATED;
    } catch (IOException e) {
      Optional<byte[]> found = readAfter(e, path);
      if (found.isEmpty()) {
        throw failed("write", path, e);
      }
      return Arrays.equals(found.get(), content) ? Creation.CREATED : Creation.EXISTS;
    }
  }

  private Optional<byte[]> readAfter(IOException failure, String path) {
    try {
      return read(path);
    } catch (LoadException e) {
      failure.addSuppressed(e);
      throw failed("write", path, failure);
    }
  }

  @Override
  public void write(String path, byte[] content) {
    try (FSDataOutputStream out = store.create(path(path), true)) {
      out.write(content);
    } catch (IOException e) {
      throw failed("write", path, e);
    }
  }

  @Override
  public Optional<byte[]> read(String path) {
    try (FSDataInputStream in = store.open(path(path))) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", path, e);
    }
  }

  @Override
  public void delete(String path) {
    try {
      var unused = store.delete(path(path), false);
    } catch (IOException e) {
      throw failed("delete", path, e);
    }
  }

  @Override
  public List<String> list(String folder) {
    try {
      return Stream.of(store.listStatus(path(folder)))
          .map(status -> status.getPath().getName())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw failed("list", folder, e);
    }
  }

  @Override
  public List<StoredFile> walk(String folder) {
    List<StoredFile> found = new ArrayList<>();
    int prefix = root.toUri().getPath().length();
    try {
      RemoteIterator<LocatedFileStatus> files = store.listFiles(path(folder), true);
      while (files.hasNext()) {
        FileStatus file = files.next();
        String path = file.getPath().toUri().getPath();
        found.add(
            new StoredFile(
                path.substring(prefix).replaceFirst("^/", ""),
                file.getLen(),
                Instant.ofEpochMilli(file.getModificationTime())));
      }
      return found;
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw failed("list", folder, e);
    }
  }

  @Override
  public String uri(String path) {
    return path(path).toString();
  }

  @Override
  public OutputFile newOutput(String path) {
    return new S3Output(store, path(path));
  }

  @Override
  public InputFile newInput(String path) {
    try {
      FileStatus status = store.getFileStatus(path(path));
      return new S3Input(store, status);
    } catch (IOException e) {
      throw failed("read", path, e);
    }
  }

  private Path path(String path) {
    return path.isEmpty() ? root : new Path(root, path);
  }

  private LoadException failed(String verb, String path, IOException e) {
    return failure(verb, path, root.toString(), e);
  }

  private static LoadException failure(String verb, String object, String lake, IOException e) {
    if (e instanceof UnknownStoreException) {
      return new LoadException(
          ErrorCode.NOT_FOUND,
          "Cannot %s %s in the lake %s: there is no such bucket, expected one. Create it or correct the address."
              .formatted(verb, object, lake),
          e);
    }
    if (e instanceof AccessDeniedException) {
      return new LoadException(
          ErrorCode.CREDENTIALS_REFUSED,
          "Cannot %s %s in the lake %s: access denied, expected credentials that may list, read and write there. Check keys and bucket policy."
              .formatted(verb, object, lake),
          e);
    }
    if (e instanceof FileNotFoundException) {
      return new LoadException(
          ErrorCode.NOT_FOUND,
          "Cannot %s %s in the lake %s: it is not there, expected a file that a load or commit names. Restore it."
              .formatted(verb, object, lake),
          e);
    }
    return new LoadException(
        ErrorCode.UNREACHABLE,
        "Cannot %s %s in the lake %s: the store does not answer as it should (%s), expected an answer. Check endpoint and network and run again."
            .formatted(verb, object, lake, e.getClass().getSimpleName()),
        e);
  }
}
