package dev.loadstar.demo.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loadstar.app.Main;
import dev.loadstar.app.command.Loadstar;
import dev.loadstar.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A copy of a project with a lake and a warehouse of its own, called as a user calls it.
 *
 * @param folder holds {@code project} and, unless it is elsewhere, {@code lake}
 * @param project what it is a copy of, a folder below the root of the sources
 * @param schemas what the warehouse calls {@code dw etl bi stg}
 */
record Deployment(
    Path folder,
    String project,
    TestDatabase server,
    String warehouseUrl,
    Map<String, String> schemas,
    Map<String, String> environment) {
  private static final List<String> SCHEMAS = List.of("dw", "etl", "bi", "stg");

  /**
   * Copies the project and creates an empty database for its warehouse. On MySQL, where schemas are
   * databases of one server, they are given names that nobody has.
   *
   * @param project its folder below the root of the sources
   * @param environment of the sources; the lake and the warehouse are added
   */
  static Deployment of(
      Path folder, String project, TestDatabase server, Map<String, String> environment) {
    String database = server.freshName();
    server.createDatabase(database);
    String prefix = server.engine().equals("mysql") ? database + "_" : "";
    Map<String, String> schemas =
        SCHEMAS.stream().collect(Collectors.toMap(name -> name, name -> prefix + name));
    Map<String, String> all = new HashMap<>(environment);
    all.put("LOADSTAR_PROJECT", folder.resolve("project").toString());
    all.put("LOADSTAR_LAKE", folder.resolve("lake").toString());
    all.put("WAREHOUSE_URL", server.url(database));
    all.put("WAREHOUSE_USER", server.user());
    all.put("WAREHOUSE_PASSWORD", server.password());
    Deployment deployment =
        new Deployment(folder, project, server, server.url(database), schemas, all);
    try {
      Path original = root().resolve(project);
      copy(original, folder.resolve("project"), file -> !file.startsWith(original.resolve("lake")));
      String names =
          "{ dw: %s, etl: %s, bi: %s, stg: %s }"
              .formatted(SCHEMAS.stream().map(schemas::get).toArray());
      deployment.edit(
          "loadstar.yaml",
          "\n  migrations: ",
          "\n  schemas: " + names + "\n  migrations: " + root().resolve(project) + "/");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return deployment;
  }

  /** The same project and lake with another, empty warehouse. */
  Deployment withWarehouse(TestDatabase other, Path own) {
    Deployment second = of(own, project, other, environment);
    second.environment.put("LOADSTAR_LAKE", environment.get("LOADSTAR_LAKE"));
    return second;
  }

  /** Where the sources of the tests lie. */
  static Path root() {
    return Path.of(System.getProperty("loadstar.root", "..")).toAbsolutePath().normalize();
  }

  /** Replaces a text of one of the project's files; it must be there. */
  void edit(String file, String text, String by) throws IOException {
    Path path = folder.resolve("project").resolve(file);
    String before = Files.readString(path);
    assertThat(before).contains(text);
    Files.writeString(path, before.replace(text, by));
  }

  /** In this JVM. */
  CommandAnswer call(String... arguments) {
    return call(environment, arguments);
  }

  static CommandAnswer call(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--verbose");
    int exit =
        Loadstar.run(
            all.toArray(String[]::new),
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new CommandAnswer(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /**
   * Starts a JVM of its own, so that it can die or log as it likes. What it prints goes to files in
   * {@code told}, which also takes its temporary files.
   *
   * @param more environment variables
   */
  Process start(Path told, Map<String, String> more, String... arguments) throws IOException {
    Files.createDirectories(told);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-X") || argument.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Djava.io.tmpdir=" + told,
            "-Dspark.local.dir=" + told,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(told.resolve("out").toFile())
            .redirectError(told.resolve("err").toFile());
    builder.environment().putAll(environment);
    builder.environment().putAll(more);
    return builder.start();
  }

  /** Waits for such a JVM. */
  static CommandAnswer answer(Process process, Path told) throws IOException, InterruptedException {
    int exit = process.waitFor();
    return new CommandAnswer(
        exit, Files.readString(told.resolve("out")), Files.readString(told.resolve("err")));
  }

  /** Sums of every published table, without surrogate keys. */
  String checksum() {
    return call("db", "checksum", "--output", "json").exits(0).out();
  }

  /** The one number that a query gives; {@code {bi}} stands for the schema's name. */
  long number(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(named(sql))) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** What a query gives, a line a row, alike on every engine; a truth is 1 or 0. */
  List<String> rows(String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(named(sql))) {
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          Object value = rows.getObject(i);
          values.add(value instanceof Boolean truth ? (truth ? "1" : "0") : String.valueOf(value));
        }
        lines.add(String.join("|", values));
      }
    }
    return lines;
  }

  Connection connect() throws SQLException {
    return server.connect(warehouseUrl);
  }

  /** SQL with the schemas' real names for {@code {dw} {etl} {bi} {stg}}. */
  String named(String sql) {
    String named = sql;
    for (Map.Entry<String, String> schema : schemas.entrySet()) {
      named = named.replace("{" + schema.getKey() + "}", schema.getValue());
    }
    return named;
  }

  /** All files of a folder, into one that need not be there. */
  static void copyFolder(Path from, Path to) throws IOException {
    copy(from, to, file -> true);
  }

  private static void copy(Path from, Path to, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).filter(wanted).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
