package dev.loadstar.bench.publish;

import dev.loadstar.jdbc.Engine;
import dev.loadstar.warehouse.StarKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** A server of this machine to load into. Not thread safe. */
public interface WarehouseServer extends AutoCloseable {
  /** For people. */
  String name();

  /** An empty database and its JDBC URL. */
  String freshDatabase();

  String user();

  String password();

  /** The server's main process. */
  long pid();

  /** What makes Spark's JDBC writer as fast as it gets here, as properties of the driver. */
  Map<String, String> writerProperties();

  /** How this engine goes without keys. */
  StarKeys keys(Engine engine);

  /** Writes a table of {@code dw} as the engine's own copying reads it; names need no quotes. */
  void writeFile(Connection connection, String table, List<String> columns, Path file)
      throws SQLException, IOException;

  /** Copies such a file into a table of {@code dw}, as the engine does it fastest. */
  void copyFile(Connection connection, String table, List<String> columns, Path file)
      throws SQLException, IOException;

  @Override
  void close();
}
