package dev.loadstar.demo.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.LoadException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {
  @TempDir Path temp;

  @Test
  void leavesAFolderAloneThatNoDemoMade() throws Exception {
    Path mine = Files.writeString(temp.resolve("thesis.txt"), "years of work");

    assertThatThrownBy(() -> DemoFolder.prepare(temp))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("it holds other files");
    assertThat(mine).hasContent("years of work");
    assertThat(temp.resolve(".loadstar-demo")).doesNotExist();
  }

  @Test
  void emptiesTheFolderOfAnEarlierDemoButFollowsNoLinks() throws Exception {
    Path outside = Files.createDirectories(temp.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "");
    Path demo = temp.resolve("demo");
    try (DemoFolder folder = DemoFolder.prepare(demo)) {
      Files.createDirectories(folder.resolve("lake/raw"));
      Files.writeString(folder.resolve("lake/raw/old"), "");
      Files.createSymbolicLink(folder.resolve("link"), outside);
    }

    try (DemoFolder folder = DemoFolder.prepare(demo)) {
      assertThat(folder.resolve("lake")).doesNotExist();
      assertThat(folder.resolve("link")).doesNotExist();
    }
    assertThat(outside.resolve("kept")).exists();
  }

  @Test
  void keepsASecondDemoOutWhileOneRuns() throws Exception {
    Path demo = temp.resolve("demo");
    try (DemoFolder running = DemoFolder.prepare(demo)) {
      Files.writeString(running.resolve("data"), "");

      assertThatThrownBy(() -> DemoFolder.prepare(demo)).hasMessageContaining("another demo runs");
      assertThat(running.resolve("data")).exists();
    }
  }
}
