package dev.loadstar.bench.extract;

import dev.loadstar.bench.harness.Outcome;
import dev.loadstar.bench.harness.Scratch;
import dev.loadstar.bench.harness.Side;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.secret.References;
import dev.loadstar.core.time.BusinessDate;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.ingestion.DataIngestionPipeline;
import dev.loadstar.ingestion.IngestOptions;
import dev.loadstar.ingestion.ResolvedReferences;
import dev.loadstar.ingestion.SourceAdapters;
import dev.loadstar.ingestion.model.Sources;
import dev.loadstar.jdbc.Retry.RetryPolicySettings;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.Lakes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** {@code loadstar ingest} of a first night: balance, bookmark and the load's object included. */
final class LoadstarIngest implements Side {
  private static final int THREADS = 4;
  private static final BusinessDate DATE =
      new BusinessDate(LocalDate.of(2040, 1, 1), ZoneOffset.UTC);

  private final SourceShop shop;
  private final Path folder;
  private final CopiedTables copied;
  private Lake lake;

  /**
   * @param folder of its own
   */
  LoadstarIngest(SourceShop shop, Path folder, CopiedTables copied) throws IOException {
    this.shop = shop;
    this.folder = folder;
    this.copied = copied;
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("sources.yaml"),
        """
        shop:
          database: ${env:SHOP_URL}
          user: ${env:SHOP_USER}
          password: ${env:SHOP_PASSWORD:-}
          tables:
            customers: { cursor: updated_at }
            products: { cursor: updated_at }
            orders: { cursor: updated_at }
            order_lines: { cursor: updated_at }
        """);
  }

  @Override
  public String name() {
    return "loadstar ingest";
  }

  @Override
  public void prepare() {
    Scratch.delete(folder.resolve("lake"));
    lake = Lakes.open("lake", folder, Map.of());
  }

  @Override
  public void run() {
    Problems problems = new Problems();
    Sources sources = Sources.read(new ProjectFolder(folder, "", problems)).orElseThrow();
    ResolvedReferences references =
        new ResolvedReferences(
            new References(
                Map.of(
                    "SHOP_URL", shop.url(),
                    "SHOP_USER", shop.server().user(),
                    "SHOP_PASSWORD", shop.server().password())));
    SourceAdapters adapters = new SourceAdapters(references, folder, ZoneOffset.UTC, Map.of());
    List<EntityName> all =
        SourceShop.TABLES.stream().map(table -> new EntityName("shop", table)).toList();
    // Counts are among the figures of the outcome.
    var unused =
        new DataIngestionPipeline(
                lake,
                sources,
                adapters::of,
                Clock.systemUTC(),
                RetryPolicySettings.DEFAULT,
                THREADS)
            .ingest(DATE, all, IngestOptions.USUAL);
  }

  @Override
  public Outcome outcome() {
    return copied.in(
        table -> folder.resolve("lake/raw/source=shop/entity=" + table).toUri().toString());
  }
}
