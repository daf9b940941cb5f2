package dev.loadstar.warehouse.audit;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.jdbc.RowStream;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.warehouse.WarehouseTarget;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Adds up one SHA-256 per row modulo 2^256, so order does not matter and nothing is kept. A row is
 * the canonical text of its columns by name; surrogate keys are replaced by what they stand for.
 */
public final class StarChecksum {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  private final WarehouseTarget target;

  public StarChecksum(WarehouseTarget target) {
    this.target = target;
  }

  /** Hex per table name, and {@code total}. */
  public Map<String, String> of(Collection<TableShape> shapes) {
    Map<String, TableShape> byName =
        shapes.stream()
            .filter(TableShape::published)
            .collect(Collectors.toMap(TableShape::name, Function.identity()));
    Map<String, String> sums = new TreeMap<>();
    for (TableShape shape : byName.values()) {
      sums.put(shape.name(), sum(shape, byName));
    }
    MessageDigest total = sha256();
    sums.forEach(
        (table, sum) -> total.update((table + "=" + sum + "\n").getBytes(StandardCharsets.UTF_8)));
    Map<String, String> all = new TreeMap<>(sums);
    all.put("total", HexFormat.of().formatHex(total.digest()));
    return all;
  }

  private String sum(TableShape shape, Map<String, TableShape> byName) {
    Query query = new Query(shape, byName);
    MessageDigest digest = sha256();
    BigInteger sum = BigInteger.ZERO;
    try (Connection connection = target.database().connect();
        RowStream rows =
            RowStream.open(
                target.database(), connection, shape.name(), query.sql(), query.columns)) {
      for (Object[] row = rows.next(); row != null; row = rows.next()) {
        digest.update(WrittenRow.of(row, query.columns));
        sum = sum.add(new BigInteger(1, digest.digest()));
        if (sum.bitLength() > 320) {
          sum = sum.mod(MODULUS);
        }
      }
    } catch (SQLException e) {
      throw target.database().failure("read " + shape.name() + " from", e);
    }
    return "%064x".formatted(sum.mod(MODULUS));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new LoadException(
          ErrorCode.INTERNAL, "Cannot sum up rows: this Java has no SHA-256. Use another.", e);
    }
  }

  /** Which columns of which tables make a row. */
  private final class Query {
    final List<Column> columns = new ArrayList<>();
    private final List<String> expressions = new ArrayList<>();
    private final StringBuilder joins = new StringBuilder();
    private final String from;

    Query(TableShape shape, Map<String, TableShape> byName) {
      from = target.dw(shape.name()) + " t";
      List<TableColumn> sorted = new ArrayList<>(shape.publishedColumns());
      sorted.sort(Comparator.comparing(TableColumn::name));
      int joined = 0;
      for (TableColumn column : sorted) {
        String expression = "t." + quote(column.name());
        switch (column.role()) {
          case DURABLE_KEY, INTERNAL -> {}
          case KEY -> {
            if (shape.kind() == TableShape.Kind.DIMENSION) {
              addKey(shape, expression);
            }
          }
          case FOREIGN_KEY -> {
            TableShape dimension = byName.get(column.references().orElseThrow());
            if (dimension == null) {
              add(expression, column);
            } else {
              addReference(dimension, expression, "d" + joined++);
            }
          }
          default -> add(expression, column);
        }
      }
    }

    private void add(String expression, TableColumn column) {
      expressions.add(expression);
      columns.add(new Column(column.name(), column.type()));
    }

    /** Special rows, and days, are known by their key and by nothing else. */
    private void addKey(TableShape dimension, String expression) {
      boolean meaningful =
          dimension.columns().stream().noneMatch(c -> c.role() == ColumnRole.NATURAL_KEY);
      expressions.add(
          meaningful
              ? expression
              : "CASE WHEN %s < 0 THEN %s END".formatted(expression, expression));
      columns.add(new Column("key", Simple.BIGINT));
    }

    private void addReference(TableShape dimension, String expression, String alias) {
      addKey(dimension, expression);
      List<TableColumn> named =
          dimension.publishedColumns().stream()
              .filter(c -> c.role() == ColumnRole.NATURAL_KEY || c.role() == ColumnRole.VALID_FROM)
              .sorted(Comparator.comparing(TableColumn::name))
              .toList();
      if (named.isEmpty() || dimension.key().size() != 1) {
        return;
      }
      joins.append(
          " LEFT JOIN %s %s ON %s.%s = %s"
              .formatted(
                  target.dw(dimension.name()),
                  alias,
                  alias,
                  quote(dimension.key().get(0)),
                  expression));
      named.forEach(column -> add(alias + "." + quote(column.name()), column));
    }

    private String quote(String name) {
      return target.database().engine().quote(name);
    }

    String sql() {
      return "SELECT " + String.join(", ", expressions) + " FROM " + from + joins;
    }
  }
}
