package dev.loadstar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every secret of the shipped project is used, and servers that say them aloud refuse them. */
class SecretsTest {
  private static final Path SHIPPED = Path.of(System.getProperty("loadstar.root", ".."), "config");
  private static final String SECRET = "wryneck";
  private static final String DATE = "2026-01-05";

  @TempDir Path folder;
  private IndiscreetServers servers;
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void copyTheShippedProject() throws IOException {
    servers = IndiscreetServers.start();
    for (Path file : files(SHIPPED)) {
      Path target = folder.resolve("project").resolve(SHIPPED.relativize(file).toString());
      if (file.toString().endsWith(".yaml")) {
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    Files.createDirectories(folder.resolve("tills"));
    Files.writeString(
        folder.resolve("tills/sales_20260105_1.csv"),
        """
        receipt_number,line_number,sold_at,product_id,quantity,unit_price,loyalty_number,cashier
        r1,1,2026-01-05T10:00:00Z,1,1,2.50,4111111111111111,Ann Example
        """);
    environment.put("LOADSTAR_PROJECT", folder.resolve("project").toString());
    environment.put("LOADSTAR_LAKE", folder.resolve("lake").toString());
    environment.put("TILLS_URL", folder.resolve("tills").toString());
    environment.put("STORES_API_URL", servers.apiUrl());
    environment.put("STORES_API_KEY", secret("api"));
    environment.put("LOADSTAR_MASKING_KEY", secret("masking-0123456789-0123456789"));
    for (String database : List.of("SHOP", "TOKEN_VAULT", "WAREHOUSE")) {
      environment.put(database + "_URL", servers.databaseUrl() + "?sslpassword=" + secret("url"));
      environment.put(database + "_USER", "loader");
      environment.put(database + "_PASSWORD", secret(database));
    }
  }

  @AfterEach
  void close() throws IOException {
    servers.close();
  }

  @Test
  void secretsAreNeverPrinted() throws IOException {
    loadstar(0, "validate");
    assertThat(loadstar(2, "ingest", "--date", DATE)).contains("CREDENTIALS_REFUSED", "status 401");
    assertThat(loadstar(2, "transform", "--date", DATE, "--select", "tills"))
        .contains("CREDENTIALS_REFUSED");
    assertThat(loadstar(2, "db", "migrate")).contains("CREDENTIALS_REFUSED");
    assertThat(servers.heard())
        .containsExactlyInAnyOrder(
            secret("api"), secret("SHOP"), secret("TOKEN_VAULT"), secret("WAREHOUSE"));

    Path policies = folder.resolve("project/masking/policies.yaml");
    Files.writeString(policies, Files.readString(policies).replace("tokenize", "hash"));
    loadstar(0, "transform", "--date", DATE, "--select", "tills");

    environment.put("LOADSTAR_MASKING_KEY", secret("short"));
    assertThat(loadstar(2, "run", "--date", DATE)).contains("shorter than 32");
    assertThat(folder.resolve("lake/processed/_loads")).isNotEmptyDirectory();
    assertThat(files(folder.resolve("lake"))).noneMatch(SecretsTest::holdsSecret);
  }

  private static String secret(String name) {
    return SECRET + "-" + name;
  }

  /** Requires an exit code and that no secret is in what was said, which it returns. */
  private String loadstar(int exit, String... arguments) {
    said.reset();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--verbose");
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    int found = Loadstar.run(all.toArray(String[]::new), environment, stream, stream);
    String text = said.toString(StandardCharsets.UTF_8);
    assertThat(text).doesNotContain(SECRET);
    assertThat(found).as(text).isEqualTo(exit);
    return text;
  }

  private static boolean holdsSecret(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(SECRET);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
