package dev.loadstar.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerToolsTest {
  @TempDir Path home;

  @Test
  void otherVersionsAreNotComparedWith() throws Exception {
    program("dlt", "pip", 0);
    program("dlt", "python", 1);
    List<String> texts = new ArrayList<>();

    PeersBenchmark.measure(
        10_000, 1, 1, 1, Map.of("LOADSTAR_PEERS_HOME", home.toString()), texts::add);

    assertThat(String.join("", texts))
        .startsWith("peers: skipped, ")
        .contains("holds other versions than dlt[postgres,sql-database]==1.31.0")
        .hasLineCount(1);
  }

  @Test
  void whatIsThereAndPinnedIsUsed() throws Exception {
    for (String tool : List.of("dlt", "dbt")) {
      program(tool, "pip", 0);
      program(tool, "python", 0);
    }

    assertThat(PeerTools.of(Map.of("LOADSTAR_PEERS_HOME", home.toString())).missing()).isEmpty();
  }

  /** A program that ends with this code. */
  private void program(String tool, String name, int code) throws IOException {
    Path file = home.resolve(tool).resolve("bin").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\nexit " + code + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
