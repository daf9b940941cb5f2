package dev.loadstar.bench.publish;

import dev.loadstar.bench.harness.Outcome;
import dev.loadstar.bench.harness.Side;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.warehouse.StarKeys;
import dev.loadstar.warehouse.WarehouseTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Comparator;
import java.util.List;

/**
 * The least that anybody can do: files that lie ready are copied into tables without keys, and the
 * keys made after. Nothing is read from a lake, compared, counted or added up, and there is no
 * ledger. The keys are those that Loadstar takes off, too.
 */
final class BareCopy implements Side {
  private final SampleStar star;
  private final WarehouseServer server;
  private final FreshWarehouse fresh;
  private final Path folder;
  private WarehouseTarget target;

  /**
   * @param folder for the files
   */
  BareCopy(SampleStar star, WarehouseServer server, FreshWarehouse fresh, Path folder) {
    this.star = star;
    this.server = server;
    this.fresh = fresh;
    this.folder = folder;
  }

  @Override
  public String name() {
    return "bare copy of ready files";
  }

  @Override
  public void prepare() throws Exception {
    if (!Files.exists(folder)) {
      Files.createDirectories(folder);
      LoadstarPublish model = new LoadstarPublish(star, fresh);
      model.prepare();
      model.run();
      try (Connection connection = model.target().database().connect()) {
        for (TableShape shape : tables()) {
          server.writeFile(connection, shape.name(), columns(shape), file(shape));
        }
      }
    }
    target = fresh.migrated();
  }

  @Override
  public void run() throws Exception {
    try (Connection connection = target.database().connectForLoading()) {
      StarKeys keys = server.keys(target.database().engine());
      List<String> names = tables().stream().map(TableShape::name).toList();
      connection.setAutoCommit(!keys.transactional());
      keys.takeOff(connection, "etl", names);
      connection.setAutoCommit(false);
      for (TableShape shape : tables()) {
        server.copyFile(connection, shape.name(), columns(shape), file(shape));
      }
      if (keys.transactional()) {
        keys.putBack(connection, "etl", true);
      }
      connection.commit();
      if (!keys.transactional()) {
        connection.setAutoCommit(true);
        keys.putBack(connection, "etl", true);
      }
    }
  }

  @Override
  public Outcome outcome() throws Exception {
    try (Connection connection = target.database().connect()) {
      return LoadedFacts.in(connection);
    }
  }

  private List<TableShape> tables() {
    return star.everything().published().stream()
        .sorted(Comparator.comparing(shape -> shape.kind() == TableShape.Kind.FACT))
        .toList();
  }

  private static List<String> columns(TableShape shape) {
    return shape.publishedColumns().stream().map(TableColumn::name).toList();
  }

  private Path file(TableShape shape) {
    return folder.resolve(shape.name() + ".tsv");
  }
}
