package dev.loadstar.app.archive;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Loads classes by the jar: those that only a night with servers comes to use. */
final class JarClasses {
  /** One of each jar. */
  private static final List<String> JARS =
      List.of(
          "dev.loadstar.app.command.Loadstar",
          "dev.loadstar.core.error.LoadException",
          "dev.loadstar.jdbc.Retry",
          "dev.loadstar.lake.Lake",
          "dev.loadstar.tables.Tables",
          "dev.loadstar.ingestion.DataIngestionPipeline",
          "dev.loadstar.transform.DataStandardizer",
          "dev.loadstar.masking.spark.Masker",
          "dev.loadstar.starschema.builder.StarSchemaBuilder",
          "dev.loadstar.warehouse.Warehouse",
          "org.postgresql.Driver",
          "com.mysql.cj.jdbc.Driver",
          "org.flywaydb.core.Flyway",
          "org.flywaydb.database.postgresql.PostgreSQLDatabase",
          "org.flywaydb.database.mysql.MySQLDatabase");

  /** Of a jar that is large, what starting it takes. */
  private static final String STARTED = "org.jooq.impl.DSL";

  private JarClasses() {}

  static void loadThoseOfServers() throws IOException {
    for (String name : JARS) {
      loadJarOf(name);
    }
    load(STARTED, true);
  }

  private static void loadJarOf(String name) throws IOException {
    Path jar = jarOf(name);
    if (!Files.isRegularFile(jar)) { // classes of a checkout
      return;
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      file.stream()
          .map(JarEntry::getName)
          .filter(entry -> entry.endsWith(".class") && !entry.startsWith("META-INF/"))
          .map(entry -> entry.substring(0, entry.length() - ".class".length()).replace('/', '.'))
          .forEach(entry -> load(entry, false));
    }
  }

  private static Path jarOf(String name) {
    try {
      CodeSource source = Class.forName(name).getProtectionDomain().getCodeSource();
      return Path.of(source.getLocation().toURI());
    } catch (ClassNotFoundException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One that needs what is not there is left to the jar. */
  private static void load(String name, boolean start) {
    try {
      Class<?> unused = Class.forName(name, start, JarClasses.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return;
    }
  }
}
