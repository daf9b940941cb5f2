package dev.loadstar.demo.run;

import dev.loadstar.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The club's project under hands that change it, its lake and its warehouse. */
final class ChangingClub {
  private static final String CLUB = "demo/src/test/resources/projects/club";
  private static final String LINES = "        cancelled_when: status = 'cancelled'\n";
  private static final String GUESTS =
      """
            club.guests:
              header: { entity: club.visits, by: visit_id }
              cancelled_when: status = 'cancelled'
      """;

  private record Edit(String file, String text, String by) {}

  private final Deployment deployment;
  private final List<Edit> edits = new ArrayList<>();
  private final List<String> alterations = new ArrayList<>();
  private final List<Path> backups = new ArrayList<>();
  private boolean attribute;
  private boolean guests;
  private boolean lakeRestored;

  private ChangingClub(Deployment deployment) {
    this.deployment = deployment;
  }

  static ChangingClub of(Path folder, Map<String, String> files, TestDatabase server) {
    ChangingClub club = new ChangingClub(Deployment.of(folder, CLUB, server, files));
    club.deployment.call("db", "migrate").exits(0);
    return club;
  }

  /** Another warehouse of the same lake, defined as this one is now. */
  ChangingClub withWarehouse(Path folder, TestDatabase server) {
    return likeThis(deployment.withWarehouse(server, folder));
  }

  /** Another lake and warehouse, defined as this one is now. */
  ChangingClub withLake(Path folder) {
    return likeThis(Deployment.of(folder, CLUB, deployment.server(), deployment.environment()));
  }

  private ChangingClub likeThis(Deployment other) {
    ChangingClub club = new ChangingClub(other);
    try {
      for (Edit edit : edits) {
        club.edit(edit.file, edit.text, edit.by);
      }
      club.deployment.call("db", "migrate").exits(0);
      for (String alteration : alterations) {
        club.alter(alteration);
      }
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(e);
    }
    club.attribute = attribute;
    club.guests = guests;
    return club;
  }

  Deployment deployment() {
    return deployment;
  }

  boolean countsGuests() {
    return guests;
  }

  void run(String date) throws IOException {
    backUp();
    publish("run", "--date", date);
  }

  void load() {
    publish("load");
  }

  /** What a restored lake has made is shown only when told. */
  private void publish(String... command) {
    deployment.call(command).exits(lakeRestored ? 65 : 0);
    if (lakeRestored) {
      deployment.call("load", "--resync").exits(0);
      lakeRestored = false;
    }
  }

  /**
   * Versions of the members somebody told of, without keys. Whom only facts named stays a member
   * for ever, so a lake that reads everything at once may never have heard of them.
   */
  List<String> toldMembers() throws SQLException {
    return deployment.rows(
        "SELECT person_id, name, city, %s, valid_from, valid_to, version, is_current, is_deleted"
                .formatted(attribute ? "level" : "'none'")
            + " FROM {dw}.dim_person WHERE person_key > 0 AND NOT is_inferred"
            + " ORDER BY person_id, valid_from");
  }

  void addAttribute() throws IOException, SQLException {
    edit("star-schema.yaml", "type_2: [city]", "type_2: [city, level]");
    alter("ALTER TABLE {dw}.dim_person ADD level VARCHAR(20)");
    attribute = true;
  }

  /** Its column stays, as it does until a migration drops it. */
  void dropAttribute() throws IOException {
    edit("star-schema.yaml", "type_2: [city, level]", "type_2: [city]");
    attribute = false;
  }

  void widen() throws IOException, SQLException {
    edit("sources.yaml", "quantity: int", "quantity: bigint");
    edit("star-schema.yaml", "quantity: int", "quantity: bigint");
    alter(
        deployment.server().engine().equals("mysql")
            ? "ALTER TABLE {dw}.fact_visits MODIFY quantity BIGINT NOT NULL"
            : "ALTER TABLE {dw}.fact_visits ALTER COLUMN quantity TYPE BIGINT");
  }

  void addGuests() throws IOException {
    edit("star-schema.yaml", LINES, LINES + GUESTS);
    guests = true;
  }

  void takeGuestsOut() throws IOException {
    edit("star-schema.yaml", LINES + GUESTS, LINES);
    guests = false;
  }

  /** As a DBA does who begins again: nothing is left but the database. */
  void emptyWarehouse() throws SQLException {
    boolean mysql = deployment.server().engine().equals("mysql");
    try (Connection connection = deployment.connect();
        Statement statement = connection.createStatement()) {
      for (String schema : deployment.schemas().values()) {
        statement.execute(mysql ? "DROP DATABASE " + schema : "DROP SCHEMA " + schema + " CASCADE");
      }
    }
    deployment.call("db", "migrate").exits(0);
    for (String alteration : List.copyOf(alterations)) {
      execute(alteration);
    }
  }

  /** The lake becomes what it was before the run before the last, the first one at the least. */
  void restoreLake() throws IOException {
    Files.move(lake(), deployment.folder().resolve("lost"));
    if (!backups.isEmpty()) {
      Deployment.copyFolder(backups.get(Math.max(0, backups.size() - 2)), lake());
    }
  }

  void hearOfRestoredLake() {
    lakeRestored = true;
  }

  void goBack() {
    long head =
        deployment.call("status", "--output", "json").exits(0).json().get("commit").asLong();
    deployment.call("rollback", "--to", String.valueOf(Math.max(1, head / 2))).exits(0);
  }

  private void edit(String file, String text, String by) throws IOException {
    deployment.edit(file, text, by);
    edits.add(new Edit(file, text, by));
  }

  /** As a migration would. */
  private void alter(String sql) throws SQLException {
    execute(sql);
    alterations.add(sql);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = deployment.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(deployment.named(sql));
    }
  }

  private void backUp() throws IOException {
    if (Files.exists(lake())) {
      Path backup = deployment.folder().resolve("backup-" + backups.size());
      Deployment.copyFolder(lake(), backup);
      backups.add(backup);
    }
  }

  private Path lake() {
    return deployment.folder().resolve("lake");
  }
}
