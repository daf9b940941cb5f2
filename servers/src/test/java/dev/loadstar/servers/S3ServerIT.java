package dev.loadstar.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ServerIT {
  @BeforeAll
  static void findTheJars() {
    System.setProperty(
        S3Server.CLASSPATH, System.getProperty("loadstar.root") + "/servers/target/lib-s3");
  }

  @Test
  void strangersAreRefused(@TempDir Path folder) throws IOException {
    try (S3Server server = S3Server.start(folder, 0)) {
      server.createBucket("lake");
      URL url = URI.create(server.endpoint() + "/lake/anything").toURL();
      HttpURLConnection connection = (HttpURLConnection) url.openConnection();
      connection.setRequestMethod("PUT");
      connection.setDoOutput(true);
      connection.getOutputStream().write('x');
      assertThat(connection.getResponseCode()).isEqualTo(403);
    }
  }

  @Test
  void nothingListensAfterClosing(@TempDir Path folder) {
    S3Server server = S3Server.start(folder, 0);
    server.close();
    try (S3Server again = S3Server.start(folder, server.port())) {
      assertThat(again.port()).isEqualTo(server.port());
    }
  }
}
