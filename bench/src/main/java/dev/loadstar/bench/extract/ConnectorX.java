package dev.loadstar.bench.extract;

import dev.loadstar.bench.harness.Outcome;
import dev.loadstar.bench.harness.Scratch;
import dev.loadstar.bench.harness.Side;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * ConnectorX and pyarrow in a Python that goes on running, one table after another: each is read in
 * ranges into memory as a whole and then written.
 */
final class ConnectorX implements Side, AutoCloseable {
  private static final String SCRIPT = "connectorx_copy.py";
  private static final int RANGES = 2;

  private final Path folder;
  private final CopiedTables copied;
  private final Process process;
  private final BufferedReader answers;
  private final Writer orders;

  /**
   * @param folder of its own
   */
  ConnectorX(Path python, SourceShop shop, Path folder, CopiedTables copied) throws IOException {
    this.folder = folder;
    this.copied = copied;
    Files.createDirectories(folder);
    Path script = folder.resolve(SCRIPT);
    try (InputStream text = ConnectorX.class.getResourceAsStream(SCRIPT)) {
      Files.write(script, text.readAllBytes());
    }
    URI place = URI.create(shop.url().substring("jdbc:".length()));
    String address =
        "postgresql://%s:%s@%s:%d%s"
            .formatted(
                shop.server().user(),
                shop.server().password(),
                place.getHost(),
                place.getPort(),
                place.getPath());
    List<String> command =
        new ArrayList<>(
            List.of(python.toString(), script.toString(), address, Integer.toString(RANGES)));
    SourceShop.TABLES.forEach(table -> command.add(table + "=" + SourceShop.RANGES.get(table)));
    this.process =
        new ProcessBuilder(command).redirectError(folder.resolve("errors").toFile()).start();
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
    await("ready");
  }

  long pid() {
    return process.pid();
  }

  @Override
  public String name() {
    return "ConnectorX and pyarrow";
  }

  @Override
  public void prepare() throws IOException {
    Scratch.delete(folder.resolve("out"));
    Files.createDirectories(folder.resolve("out"));
  }

  @Override
  public void run() throws IOException {
    orders.write(folder.resolve("out") + "\n");
    orders.flush();
    await("done");
  }

  private void await(String word) throws IOException {
    if (!word.equals(answers.readLine())) {
      throw new IllegalStateException(
          "ConnectorX ended:\n" + Files.readString(folder.resolve("errors")));
    }
  }

  @Override
  public Outcome outcome() {
    return copied.in(table -> folder.resolve("out").resolve(table + ".parquet").toUri().toString());
  }

  @Override
  public void close() {
    process.destroy();
  }
}
