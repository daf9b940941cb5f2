package dev.loadstar.servers;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An S3-compatible server over a folder, on 127.0.0.1 only, in a JVM of its own because its
 * libraries would clash with Spark's. It ends with this JVM, however that ends. Thread safe.
 *
 * <p>Its jars are those of the folder in the system property {@value #CLASSPATH}, else of {@code
 * lib-s3} beside the folder or jar that holds this class, or one folder above.
 */
public final class S3Server implements AutoCloseable {
  /** A folder of jars. */
  public static final String CLASSPATH = "loadstar.s3.classpath";

  private static final String KEY = "loadstar";

  private final Process process;
  private final Path folder;
  private final int port;

  private S3Server(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /**
   * @param folder for the objects, a folder in it for each bucket; created when missing
   * @param port 0 for a free one
   * @throws UncheckedIOException when it does not come up, for example because the port is taken
   */
  public static S3Server start(Path folder, int port) {
    try {
      Files.createDirectories(folder);
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  ownLocation() + File.pathSeparator + jars().resolve("*"),
                  S3Process.class.getName(),
                  folder.toAbsolutePath().toString(),
                  Integer.toString(port),
                  KEY)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      BufferedReader output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = output.readLine();
      if (line == null || !line.startsWith(S3Process.READY)) {
        process.destroyForcibly();
        throw new IOException("the S3 server ended before it was ready");
      }
      int bound = Integer.parseInt(line.substring(S3Process.READY.length()));
      return new S3Server(process, folder, bound);
    } catch (IOException e) {
      throw new UncheckedIOException("The S3 server did not start", e);
    }
  }

  private static Path ownLocation() throws IOException {
    try {
      return Path.of(S3Server.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static Path jars() throws IOException {
    String given = System.getProperty(CLASSPATH);
    Path folder = ownLocation().getParent();
    List<Path> places =
        given != null
            ? List.of(Path.of(given))
            : List.of(folder.resolve("lib-s3"), folder.resolveSibling("lib-s3"));
    for (Path place : places) {
      if (holdsJars(place)) {
        return place;
      }
    }
    throw new IOException("no jars in " + places + "; build the module servers first");
  }

  private static boolean holdsJars(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".jar"));
    }
  }

  /** To be used with path-style addresses. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  public String accessKey() {
    return KEY;
  }

  public String secretKey() {
    return KEY;
  }

  /** Creates a bucket unless it exists. */
  public void createBucket(String name) {
    try {
      Path bucket = Files.createDirectories(folder.resolve(name));
      // The server takes a folder that others may read for a public bucket.
      Files.setPosixFilePermissions(bucket, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
