package dev.loadstar.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/** Whether containers can be started. */
final class Docker {
  private Docker() {}

  /** Testcontainers is asked only where there is something to ask: its search is slow and loud. */
  static boolean isAvailable() {
    boolean addressed =
        System.getenv("DOCKER_HOST") != null
            || Files.exists(Path.of(System.getProperty("user.home"), ".testcontainers.properties"));
    boolean present =
        Stream.of(
                Path.of("/var/run/docker.sock"),
                Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock"),
                Path.of("//./pipe/docker_engine"))
            .anyMatch(Files::exists);
    return (addressed || present) && DockerClientFactory.instance().isDockerAvailable();
  }
}
