package dev.loadstar.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TillFilesTest {
  @TempDir Path folder;

  private final ShopGenerator shop = new ShopGenerator(42, 1, LocalDate.of(2026, 1, 5));

  @Test
  void everyFormatIsThereAndReadsAsItWasMade() throws IOException {
    Day day = shop.day(1);
    TillFiles.write(folder, day);
    assertThat(names())
        .containsExactlyElementsOf(day.tillFiles().stream().map(TillFile::name).sorted().toList())
        .anyMatch(name -> name.endsWith(".csv"))
        .anyMatch(name -> name.endsWith(".csv.gz"))
        .anyMatch(name -> name.endsWith(".jsonl"))
        .anyMatch(name -> name.endsWith(".jsonl.gz"));
    for (TillFile file : day.tillFiles()) {
      assertThat(read(folder.resolve(file.name()))).isEqualTo(file.lines().get().toList());
    }
  }

  @Test
  void writingADayAgainTouchesNothing() throws IOException {
    TillFiles.write(folder, shop.day(2));
    Path first = folder.resolve(names().get(0));
    var before = Files.getLastModifiedTime(first);
    Object inode = Files.getAttribute(first, "unix:ino");
    TillFiles.write(folder, shop.day(2));
    assertThat(Files.getLastModifiedTime(first)).isEqualTo(before);
    assertThat(Files.getAttribute(first, "unix:ino")).isEqualTo(inode);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static List<String> read(Path file) throws IOException {
    if (!file.toString().endsWith(".gz")) {
      return Files.readAllLines(file);
    }
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
