package dev.loadstar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loadstar.app.console.Json;
import dev.loadstar.lake.Lakes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says and how it exits, without a server. */
class LoadstarTest {
  private static final Path SHIPPED = Path.of(System.getProperty("loadstar.root", ".."), "config");

  @TempDir Path folder;
  private Path project;
  private Map<String, String> environment;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void copyTheShippedProject() throws IOException {
    project = folder.resolve("project");
    try (Stream<Path> files = Files.walk(SHIPPED)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        Path target = project.resolve(SHIPPED.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    environment = new HashMap<>();
    environment.put("LOADSTAR_PROJECT", project.toString());
    environment.put("LOADSTAR_LAKE", folder.resolve("lake").toString());
  }

  @Test
  void theShippedProjectIsSoundAndWhatIsNotSetIsOnlyNoted() {
    assertThat(loadstar("validate")).isZero();
    assertThat(out()).contains("sound").contains("WAREHOUSE_URL is not set");
  }

  @Test
  void allMistakesOfAllFilesAreToldAtOnceAndNothingIsMade() throws IOException {
    edit("loadstar.yaml", "timezone: Europe/Berlin", "timezone: Europe/Nowhere");
    edit("sources/shop.yaml", "payments:", "payments: { curser: paid_at }");
    edit("masking/classification.yaml", "email: email", "email: e_mail");
    edit("star-schema.yaml", "from: shop.products", "from: shop.produce");
    edit("quality.yaml", "shop.orders:", "shop.order:");

    assertThat(loadstar("run", "--date", "2026-01-05")).isEqualTo(2);

    assertThat(err())
        .contains("loadstar.yaml:3", "Europe/Nowhere")
        .contains("curser")
        .contains("e_mail")
        .contains("shop.produce")
        .contains("shop.order\"")
        .doesNotContain("sources/tills.yaml", "sources/stores.yaml");
    assertThat(err().lines()).hasSize(5);
    assertThat(folder.resolve("lake")).doesNotExist();
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(project.resolve("star-schema.yaml"));
    assertThat(loadstar("validate")).isEqualTo(2);
    assertThat(err()).contains("star-schema.yaml").contains("missing");
  }

  @Test
  void aFileThatIsNoYamlIsToldWithoutGuessesAboutItsNames() throws IOException {
    Files.writeString(project.resolve("sources/tills.yaml"), "tills: [unclosed");
    assertThat(loadstar("validate")).isEqualTo(2);
    assertThat(err()).contains("sources/tills.yaml").doesNotContain("classification.yaml");
  }

  @Test
  void anUnmaskedKeyOfAPersonIsRefused() throws IOException {
    edit("masking/classification.yaml", "customer_id: not_personal", "customer_id: person_name");
    edit("sources/shop.yaml", "customers:   {", "customers:   { key: customer_id,");
    assertThat(loadstar("validate")).isEqualTo(2);
    assertThat(err()).contains("customer_id");
  }

  @Test
  void tokenizingNeedsAVault() throws IOException {
    String yaml = Files.readString(project.resolve("loadstar.yaml"));
    Files.writeString(
        project.resolve("loadstar.yaml"), yaml.replaceAll("(?m)^token_vault:.*\\n(  .*\\n)+", ""));
    assertThat(loadstar("validate")).isEqualTo(2);
    assertThat(err()).contains("token_vault");
  }

  @Test
  void everythingMissingIsNamedBeforeAnythingIsOpened() {
    assertThat(loadstar("run", "--date", "2026-01-05")).isEqualTo(2);
    assertThat(err())
        .contains("SHOP_PASSWORD", "STORES_API_KEY", "LOADSTAR_MASKING_KEY")
        .contains("TOKEN_VAULT_URL", "WAREHOUSE_URL");
    assertThat(folder.resolve("lake")).doesNotExist();
  }

  @Test
  void aStepAsksOnlyForWhatItNeeds() {
    assertThat(loadstar("ingest", "--date", "2026-01-05", "--select", "stores")).isEqualTo(2);
    assertThat(err()).contains("STORES_API_KEY").doesNotContain("SHOP_URL", "WAREHOUSE_URL");
  }

  @Test
  void aMistypedCommandIsAnsweredWithTheRightOne() {
    assertThat(loadstar("valdate")).isEqualTo(2);
    assertThat(err()).contains("Did you mean").contains("loadstar validate");
    assertThat(out()).isEmpty();
  }

  @Test
  void anUnknownOptionIsRefusedWithAWayToHelp() {
    assertThat(loadstar("list", "--colour")).isEqualTo(2);
    assertThat(err()).contains("--colour", "loadstar list --help");
  }

  @Test
  void aMistypedOptionIsAnsweredWithTheRightOne() {
    assertThat(loadstar("run", "--dat", "2026-01-05")).isEqualTo(2);
    assertThat(err()).contains("--dat; did you mean \"--date\"?", "loadstar run --help");
    assertThat(loadstar("list", "--slect=shop")).isEqualTo(2);
    assertThat(err()).contains("--slect; did you mean \"--select\"?").doesNotContain("=shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "init",
        "validate",
        "list",
        "run",
        "ingest",
        "transform",
        "build",
        "load",
        "check",
        "rebuild",
        "gc",
        "set-aside",
        "status",
        "db"
      })
  void everyCommandExplainsItselfAndTakesTheGlobalOptions(String command) {
    assertThat(loadstar(command, "--help")).isZero();
    assertThat(out()).contains("Usage: loadstar " + command, "--project", "--output", "--select");
    assertThat(err()).isEmpty();
  }

  @Test
  void anUnknownSelectionIsAnsweredWithTheRightName() {
    assertThat(loadstar("list", "--select", "shop.order")).isEqualTo(2);
    assertThat(err())
        .contains("Cannot select shop.order: no source or entity has this name; ")
        .contains("did you mean \"shop.orders\"? Correct the name.");

    assertThat(loadstar("list", "--select", "warehouse")).isEqualTo(2);
    assertThat(err()).contains("; expected one of: shop, ").contains(". Correct the name.");
  }

  @Test
  void aSourceSelectsAllOfItsEntities() {
    assertThat(loadstar("list", "--select", "shop", "--output", "json")).isZero();
    assertThat(out()).contains("shop.orders", "shop.payments").doesNotContain("tills.sales\"");
  }

  @Test
  void stepsTheWrongWayRoundAreRefused() {
    assertThat(
            loadstar("run", "--date", "2026-01-05", "--from-step", "load", "--to-step", "ingest"))
        .isEqualTo(2);
    assertThat(err()).contains("load", "ingest");
  }

  @Test
  void aDateThatIsNoneIsRefusedInPlainWords() {
    assertThat(loadstar("run", "--date", "2026-02-30")).isEqualTo(2);
    assertThat(err()).contains("--date", "such as 2026-01-31").doesNotContain("java.");
  }

  @Test
  void aRunIdThatIsNoNameIsRefused() {
    assertThat(loadstar("build", "--date", "2026-01-05", "--run-id", "../up")).isEqualTo(2);
    assertThat(err()).contains("--run-id");
  }

  @Test
  void aFolderWithoutAProjectIsRefusedByName() {
    assertThat(loadstar("validate", "--project", folder.toString())).isEqualTo(2);
    assertThat(err()).contains(folder.toString(), "loadstar.yaml", "--project");
  }

  @Test
  void statusOfAProjectThatNeverRanSaysSoAndFoundsNoLake() throws IOException {
    assertThat(loadstar("status")).isZero();
    assertThat(out()).contains("Nothing has run yet", folder.resolve("lake").toString());
    assertThat(loadstar("status", "--date", "2026-01-05", "--output", "json")).isZero();
    JsonNode status = Json.MAPPER.readTree(out());
    assertThat(status.at("/has_run").isBoolean()).isTrue();
    assertThat(status.at("/has_run").asBoolean()).isFalse();
    assertThat(status.at("/entities/0/load").asLong(-1)).isZero();
    assertThat(status.at("/steps").isArray()).isTrue();
    assertThat(err()).isEmpty();
    assertThat(folder.resolve("lake")).doesNotExist();
  }

  @Test
  void statusOfALakeWithoutLoadsTellsThatNothingWasBuilt() {
    String lake = Lakes.open("lake", folder, Map.of()).id();
    assertThat(loadstar("status")).isZero();
    assertThat(out()).contains("shop.orders", "Nothing was built yet.");
    assertThat(Lakes.open("lake", folder, Map.of()).id()).isEqualTo(lake);
  }

  @ParameterizedTest
  @ValueSource(strings = {"validate", "list"})
  void readingTheProjectFoundsNoLake(String command) {
    assertThat(loadstar(command)).isZero();
    assertThat(folder.resolve("lake")).doesNotExist();
  }

  private void edit(String file, String from, String to) throws IOException {
    Path path = project.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replaceFirst(java.util.regex.Pattern.quote(from), to));
  }

  private int loadstar(String... arguments) {
    out.reset();
    err.reset();
    return Loadstar.run(
        arguments,
        environment,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
