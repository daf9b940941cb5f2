package dev.loadstar.demo.run;

import static java.util.stream.Collectors.groupingBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;

/**
 * The club's tables as a warehouse has them.
 *
 * @param members versions by person, in the order of time
 * @param specialMembers how many rows have a key below zero
 */
record ClubStar(Map<Long, List<Version>> members, int specialMembers, List<Fact> facts) {
  record Version(
      long key,
      long durableKey,
      long person,
      String nameOrNull,
      String cityOrNull,
      Instant from,
      Instant to,
      boolean current,
      int number,
      boolean inferred,
      boolean deleted) {
    boolean holds(Instant at) {
      return !at.isBefore(from) && at.isBefore(to);
    }
  }

  record Fact(long visit, int line, Instant at, long personKey, int quantity) {
    String grain() {
      return visit + "/" + line;
    }
  }

  static ClubStar read(Deployment deployment) throws SQLException {
    List<Version> versions = new ArrayList<>();
    int special = 0;
    List<Fact> facts = new ArrayList<>();
    try (Connection connection = deployment.connect();
        Statement statement = connection.createStatement()) {
      ResultSet rows =
          statement.executeQuery(
              deployment.named(
                  """
                  SELECT person_key, person_durable_key, person_id, name, city, valid_from,
                    valid_to, is_current, version, is_inferred, is_deleted
                  FROM {dw}.dim_person ORDER BY person_id, valid_from"""));
      while (rows.next()) {
        if (rows.getLong("person_key") < 0) {
          special++;
        } else {
          versions.add(version(rows));
        }
      }
      rows =
          statement.executeQuery(
              deployment.named(
                  "SELECT visit_id, line_number, at, person_key, quantity FROM {dw}.fact_visits"));
      while (rows.next()) {
        facts.add(
            new Fact(
                rows.getLong("visit_id"),
                rows.getInt("line_number"),
                instant(rows, "at"),
                rows.getLong("person_key"),
                rows.getInt("quantity")));
      }
    }
    Map<Long, List<Version>> members = new TreeMap<>();
    members.putAll(versions.stream().collect(groupingBy(Version::person)));
    return new ClubStar(members, special, facts);
  }

  private static Version version(ResultSet rows) throws SQLException {
    return new Version(
        rows.getLong("person_key"),
        rows.getLong("person_durable_key"),
        rows.getLong("person_id"),
        rows.getString("name"),
        rows.getString("city"),
        instant(rows, "valid_from"),
        instant(rows, "valid_to"),
        rows.getBoolean("is_current"),
        rows.getInt("version"),
        rows.getBoolean("is_inferred"),
        rows.getBoolean("is_deleted"));
  }

  /** Of both engines' types; the one without a zone holds UTC. */
  private static Instant instant(ResultSet rows, String column) throws SQLException {
    return rows.getTimestamp(column, Calendar.getInstance(TimeZone.getTimeZone("UTC"))).toInstant();
  }
}
