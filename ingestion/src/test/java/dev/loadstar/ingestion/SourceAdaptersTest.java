package dev.loadstar.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.secret.References;
import dev.loadstar.core.time.BusinessDate;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.ingestion.api.APISource;
import dev.loadstar.ingestion.database.DatabaseSource;
import dev.loadstar.ingestion.file.FileSource;
import dev.loadstar.ingestion.model.Sources;
import dev.loadstar.jdbc.Retry.RetryPolicySettings;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.Lakes;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.lake.load.RecordFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceAdaptersTest {
  @TempDir Path folder;
  private Sources sources;

  @BeforeEach
  void readSources() throws IOException {
    Files.writeString(
        folder.resolve("sources.yaml"),
        """
        shop: { database: "${env:SHOP_URL}", tables: { orders: } }
        stores: { api: "${env:STORES_URL}", endpoints: { stores: { path: /v1/stores } } }
        tills: { files: tills, feeds: { sales: { match: "sales_{yyyyMMdd}.*", expect: daily } } }
        """);
    sources = Sources.read(new ProjectFolder(folder, "", new Problems())).orElseThrow();
    Files.createDirectories(folder.resolve("tills"));
  }

  private SourceAdapters adapters(Map<String, String> environment) {
    return new SourceAdapters(
        new ResolvedReferences(new References(environment)), folder, ZoneOffset.UTC, Map.of());
  }

  private SourceAdapter<?> open(String source) {
    Map<String, String> environment =
        Map.of("SHOP_URL", "jdbc:postgresql://localhost/shop", "STORES_URL", "http://localhost");
    return adapters(environment).of(sources.source(source).orElseThrow());
  }

  @Test
  void opensEachKindWithoutConnecting() {
    assertThat(open("shop")).isInstanceOf(DatabaseSource.class);
    assertThat(open("stores")).isInstanceOf(APISource.class);
    assertThat(open("tills")).isInstanceOf(FileSource.class);
  }

  @Test
  void namesTheVariableThatIsNotSet() {
    assertThatThrownBy(() -> adapters(Map.of()).of(sources.source("shop").orElseThrow()))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SECRET_MISSING))
        .hasMessageContaining("SHOP_URL");
  }

  @Test
  void anEmptyNightKeepsWhatWasKnownOfColumnsAndFiles() throws IOException {
    requireKept("csv", "receipt,amount\n1,2.50\n2,3\n", RecordFormat.TEXT);
  }

  @Test
  void anEmptyNightKeepsWhatWasKnownOfJsonLines() throws IOException {
    requireKept(
        "jsonl",
        "{\"receipt\":1,\"amount\":2.50}\n{\"receipt\":2,\"amount\":3}\n",
        RecordFormat.JSON);
  }

  private void requireKept(String ending, String text, RecordFormat format) throws IOException {
    Lake lake = Lakes.open("lake", folder, Map.of());
    Files.writeString(folder.resolve("tills/sales_20261120." + ending), text);
    DataIngestionPipeline pipeline =
        new DataIngestionPipeline(
            lake,
            sources,
            adapters(Map.of())::of,
            Clock.systemUTC(),
            RetryPolicySettings.DEFAULT,
            1);
    LocalDate friday = LocalDate.of(2026, 11, 20);

    IngestResult full = ingest(pipeline, friday);
    IngestResult empty = ingest(pipeline, friday.plusDays(1));

    assertThat(full.rows()).isEqualTo(2);
    assertThat(empty.rows()).isZero();
    assertThat(empty.findings()).singleElement().asString().contains("no file for 2026-11-21");
    List<RawLoad> loads = lake.raw().after(full.entity(), 0);
    assertThat(loads).extracting(RawLoad::format).containsOnly(format);
    assertThat(loads.get(1).columns()).hasSize(2).isEqualTo(loads.get(0).columns());
    assertThat(loads.get(1).bookmark()).isEqualTo(loads.get(0).bookmark());
  }

  private IngestResult ingest(DataIngestionPipeline pipeline, LocalDate date) {
    return pipeline
        .ingest(
            new BusinessDate(date, ZoneOffset.UTC),
            sources.select(List.of("tills")),
            IngestOptions.USUAL)
        .get(0);
  }
}
