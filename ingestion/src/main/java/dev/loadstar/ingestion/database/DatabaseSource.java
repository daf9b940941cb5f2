package dev.loadstar.ingestion.database;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.name.SnakeCase;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.yaml.Suggestion;
import dev.loadstar.ingestion.EntityRequest;
import dev.loadstar.ingestion.ExtractionPlan;
import dev.loadstar.ingestion.RawRowSink;
import dev.loadstar.ingestion.ResolvedReferences;
import dev.loadstar.ingestion.SourceAdapter;
import dev.loadstar.ingestion.SplitResult;
import dev.loadstar.ingestion.model.DatabaseSourceModel;
import dev.loadstar.ingestion.model.TableModel;
import dev.loadstar.jdbc.Database;
import dev.loadstar.jdbc.RowStream;
import dev.loadstar.jdbc.SourceColumn;
import dev.loadstar.jdbc.TableInfo;
import dev.loadstar.lake.load.RecordFormat;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tables of a database: in full, or what changed after the bookmark and before the end of the
 * business date. Each table is one query, so it is read in one consistent state. Types and key come
 * from the catalogue. Thread safe.
 */
public final class DatabaseSource implements SourceAdapter<TableSplit> {
  private static final String CURSOR = "cursor";
  private static final String VALUE = "value";

  private final DatabaseSourceModel source;
  private final Database database;

  /**
   * @throws LoadException {@code SECRET_MISSING}, {@code CONFIGURATION_INVALID}
   */
  public DatabaseSource(DatabaseSourceModel source, ResolvedReferences references) {
    this.source = source;
    this.database =
        new Database(
            references.text(source.database().url()),
            source.database().user().map(references::text),
            source.database().password().map(references::secret));
  }

  @Override
  public ExtractionPlan<TableSplit> plan(EntityRequest request) {
    TableModel model =
        source.entities().stream()
            .filter(table -> table.name().equals(request.entity()))
            .findFirst()
            .orElseThrow();
    TableInfo table = table(model);
    model.key().forEach(name -> column(model, table, "key", name));
    model.columns().keySet().forEach(name -> column(model, table, "columns", name));
    Optional<TableCursor> cursor =
        model.cursor().map(name -> cursor(model, column(model, table, CURSOR, name)));
    ZoneId zone = source.timezone().orElse(request.date().zone());
    List<String> findings = new ArrayList<>();
    Map<String, String> latest = request.latestBookmark();
    Optional<String> from = cursor.flatMap(c -> bookmark(c, request.bookmark()));
    if (cursor.isPresent() && from.isEmpty() && request.since().isPresent()) {
      findings.add(
          "read in full: the latest load followed another cursor than " + model.cursor().get());
    }
    TableSplit split = split(model, table, cursor, from, zone, request);
    return new ExtractionPlan<>(
        RecordFormat.TYPED,
        table.typedColumns(),
        table.primaryKey(),
        cursor.filter(TableCursor::isTemporal).map(c -> c.column().name()),
        zone,
        cursor.filter(TableCursor::isTemporal).isPresent(),
        List.of(split),
        cursor.flatMap(c -> bookmark(c, latest)).isPresent() ? latest : Map.of(),
        findings);
  }

  /** The bookmark's value, if it is of this very column and type. */
  private static Optional<String> bookmark(TableCursor cursor, Map<String, String> bookmark) {
    return cursorId(cursor).equals(bookmark.get(CURSOR))
        ? Optional.ofNullable(bookmark.get(VALUE))
        : Optional.empty();
  }

  private static String cursorId(TableCursor cursor) {
    return cursor.column().name() + " " + cursor.column().type().text();
  }

  private TableSplit split(
      TableModel model,
      TableInfo table,
      Optional<TableCursor> cursor,
      Optional<String> from,
      ZoneId zone,
      EntityRequest request) {
    List<String> conditions = new ArrayList<>();
    List<Serializable> binds = new ArrayList<>();
    cursor.ifPresent(
        c -> {
          String name = database.engine().quote(c.column().name());
          from.ifPresent(
              value -> {
                conditions.add(name + c.comparison());
                binds.add(c.bind(value, model.overlap()));
              });
          if (c.isTemporal()) {
            // Rows without a change time belong to the first load: no later one could place them.
            conditions.add(
                from.isPresent() ? name + " < ?" : "(" + name + " < ? OR " + name + " IS NULL)");
            binds.add(c.end(request.date().end(), request.date().date(), zone));
          }
        });
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    return new TableSplit(
        model.name(),
        table.select() + where,
        List.copyOf(binds),
        table.typedColumns(),
        cursor.orElse(null),
        cursor.flatMap(c -> bookmark(c, request.latestBookmark())).orElse(""));
  }

  @Override
  public SplitResult copy(TableSplit split, RawRowSink sink) {
    String origin = split.entity().entity();
    int at = split.findCursor().map(c -> split.columns().indexOf(c.column())).orElse(-1);
    long rows = 0;
    long withoutCursor = 0;
    Object highest = null;
    try (Connection connection = database.connect()) {
      connection.setReadOnly(true);
      connection.setAutoCommit(
          false); // PostgreSQL sends rows in portions within a transaction only
      try (RowStream stream =
          RowStream.open(
              database,
              connection,
              split.name(),
              split.sql(),
              split.columns(),
              split.binds().toArray())) {
        for (Object[] row = stream.next(); row != null; row = stream.next()) {
          sink.row(origin, ++rows, null, row);
          if (at >= 0) {
            highest = split.cursor().later(highest, row[at]);
            withoutCursor += row[at] == null ? 1 : 0;
          }
        }
      }
      connection.rollback();
    } catch (SQLException e) {
      throw database.failure("read " + split.name() + " from", e);
    }
    List<String> findings = new ArrayList<>();
    if (withoutCursor > 0) {
      findings.add(
          "%d rows have nothing in %s; later loads will not see changes of such rows"
              .formatted(withoutCursor, split.cursor().column().name()));
    }
    Map<String, String> bookmark = new HashMap<>();
    if (highest != null) {
      TableCursor cursor = split.cursor();
      bookmark.put(CURSOR, cursorId(cursor));
      bookmark.put(VALUE, cursor.laterText(split.bookmark(), cursor.text(highest)));
    }
    return new SplitResult(rows, List.of(), bookmark, findings);
  }

  private TableInfo table(TableModel model) {
    String name =
        source
            .schema()
            .filter(schema -> !model.table().contains("."))
            .map(schema -> schema + "." + model.table())
            .orElse(model.table());
    try (Connection connection = database.connect()) {
      return database
          .engine()
          .table(connection, name)
          .orElseThrow(
              () ->
                  new LoadException(
                      ErrorCode.NOT_FOUND,
                      "Cannot read %s: found no table or view %s in %s, expected one that this user may see. Correct \"table\" or \"schema\" in sources.yaml, or grant SELECT."
                          .formatted(model.name(), name, database)));
    } catch (SQLException e) {
      throw database.failure("look up " + model.name() + " in", e);
    }
  }

  /** A column by its name, or by its name in snake_case. */
  private static Column column(TableModel model, TableInfo table, String key, String name) {
    return table
        .column(name)
        .or(
            () ->
                table.columns().stream()
                    .filter(c -> SnakeCase.of(c.name()).equals(SnakeCase.of(name)))
                    .findFirst())
        .map(column -> new Column(column.name(), column.type()))
        .orElseThrow(
            () ->
                invalid(
                    model.name(),
                    "\"%s\" (%s) names the column %s, which %s does not have%s"
                        .formatted(
                            key,
                            model.location(),
                            name,
                            table.from(),
                            Suggestion.ending(
                                name, table.columns().stream().map(SourceColumn::name).toList()))));
  }

  private static TableCursor cursor(TableModel model, Column column) {
    if (!TableCursor.fits(column.type())) {
      throw invalid(
          model.name(),
          "the cursor %s (%s) is of type %s, expected a time, a date or a whole number."
              .formatted(column.name(), model.location(), column.type().text()));
    }
    TableCursor cursor = new TableCursor(column);
    if (!cursor.isTemporal() && !model.overlap().equals(Duration.ZERO)) {
      throw invalid(
          model.name(),
          "\"overlap\" (%s) goes with a time or a date, but the cursor %s is a number."
              .formatted(model.location(), column.name()));
    }
    return cursor;
  }

  /**
   * @param found a sentence
   */
  private static LoadException invalid(EntityName entity, String found) {
    return new LoadException(
        ErrorCode.CONFIGURATION_INVALID,
        "Cannot read %s: %s Correct sources.yaml.".formatted(entity, found));
  }
}
