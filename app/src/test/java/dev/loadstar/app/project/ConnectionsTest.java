package dev.loadstar.app.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.app.step.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the environment says of the shipped project. */
class ConnectionsTest {
  private static final Path ROOT = Path.of(System.getProperty("loadstar.root", ".."));

  @Test
  void theLakeThatTheShippedProjectHasWithoutAnAddressIsNeverCommitted() throws IOException {
    String lake = resolve(Map.of()).lake();
    assertThat(Files.readAllLines(ROOT.resolve(".gitignore"))).contains("/config/" + lake + "/");
  }

  @Test
  void theRegionIsThatOfTheAwsToolsAndTheMorePreciseNameWins() {
    String region = "fs.s3a.endpoint.region";
    assertThat(resolve(Map.of("AWS_DEFAULT_REGION", "eu-west-1")).lakeOptions())
        .containsEntry(region, "eu-west-1");
    assertThat(
            resolve(Map.of("AWS_DEFAULT_REGION", "eu-west-1", "AWS_REGION", "eu-north-1"))
                .lakeOptions())
        .containsEntry(region, "eu-north-1");
    assertThat(resolve(Map.of("AWS_DEFAULT_REGION", "eu-west-1", "AWS_REGION", "")).lakeOptions())
        .containsEntry(region, "eu-west-1");
    assertThat(resolve(Map.of()).lakeOptions()).doesNotContainKey(region);
  }

  private static Connections resolve(Map<String, String> environment) {
    Project project = Project.load(ROOT.resolve("config"), "config");
    return Connections.resolve(project, environment, Set.of(Step.BUILD), List.of());
  }
}
