package dev.loadstar.testing;

import dev.loadstar.servers.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** One S3 server per JVM, started when first asked for and stopped with the JVM. Thread safe. */
public final class TestS3 {
  private final S3Server server;

  private TestS3(S3Server server) {
    this.server = server;
  }

  /** Starts on first use, so that tests without S3 do not pay for it. */
  private static final class Shared {
    static final TestS3 SERVER = start();
  }

  public static TestS3 shared() {
    return Shared.SERVER;
  }

  private static TestS3 start() {
    String root = System.getProperty("loadstar.root");
    if (root != null && System.getProperty(S3Server.CLASSPATH) == null) {
      System.setProperty(S3Server.CLASSPATH, root + "/servers/target/lib-s3");
    }
    try {
      Path folder = Files.createTempDirectory("loadstar-s3");
      S3Server server = S3Server.start(folder, 0);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder), "stop-s3"));
      return new TestS3(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stop(S3Server server, Path folder) {
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String endpoint() {
    return server.endpoint();
  }

  public String accessKey() {
    return server.accessKey();
  }

  public String secretKey() {
    return server.secretKey();
  }

  /** Creates a bucket with a fresh name and returns the name. */
  public String freshBucket() {
    String name = "t-" + UUID.randomUUID();
    server.createBucket(name);
    return name;
  }

  /** What Hadoop's S3A needs to reach this server. */
  public Map<String, String> hadoopOptions() {
    return Map.of(
        "fs.s3a.endpoint", endpoint(),
        "fs.s3a.endpoint.region", "us-east-1",
        "fs.s3a.path.style.access", "true",
        "fs.s3a.connection.ssl.enabled", "false",
        "fs.s3a.access.key", accessKey(),
        "fs.s3a.secret.key", secretKey(),
        "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
  }
}
