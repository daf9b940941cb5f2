package dev.loadstar.demo.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.app.command.Loadstar;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path temp;

  @Test
  void isFoundByTheCommandLineAndExplainsItself() {
    assertThat(loadstar("demo", "--help")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--days", "--warehouse", "--lake", "--keep-running", "2026-11-02");
  }

  @Test
  void refusesAnEngineThatItDoesNotKnow() {
    assertThat(loadstar("demo", "--warehouse", "oracle")).isEqualTo(2);

    assertThat(err.toString(StandardCharsets.UTF_8)).contains("postgresql", "mysql");
  }

  @Test
  void refusesNumbersOutOfRangeBeforeItTouchesTheFolder() {
    Path folder = temp.resolve("demo");

    assertThat(loadstar("demo", "--days", "0", "--dir", folder.toString())).isEqualTo(2);

    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--days is 0, expected 1 to 366");
    assertThat(folder).doesNotExist();
  }

  private int loadstar(String... args) {
    return Loadstar.run(
        args,
        Map.of(),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
