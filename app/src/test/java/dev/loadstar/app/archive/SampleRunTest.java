package dev.loadstar.app.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive is quietly smaller when it fails. */
class SampleRunTest {
  @TempDir Path folder;

  @Test
  void itEndsWellAndBuilds() throws IOException {
    ByteArrayOutputStream told = new ByteArrayOutputStream();

    int code = new SampleRun(folder, new PrintStream(told, true, StandardCharsets.UTF_8)).run();

    assertThat(code).as(told.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(folder.resolve("lake/curated/_commits/000001.json")).exists();
    assertThat(folder.resolve("lake/curated/_commits/000002.json")).exists();
  }
}
