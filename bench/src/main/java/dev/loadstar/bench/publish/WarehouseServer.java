package dev.loadstar.bench.publish;

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

  @Override
  void close();
}
