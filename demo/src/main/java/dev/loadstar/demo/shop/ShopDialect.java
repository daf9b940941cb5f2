package dev.loadstar.demo.shop;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** What the shop's database engines do not share. Implementations are stateless. */
public interface ShopDialect {
  /** Statements that make the session and the tables ready; harmless when they are. */
  List<String> setUp();

  /** What follows {@code VALUES (…), (…)} so that a row with a known key replaces the old one. */
  String onConflict(List<String> key, List<String> others);

  void bind(PreparedStatement statement, int index, Instant value) throws SQLException;
}
