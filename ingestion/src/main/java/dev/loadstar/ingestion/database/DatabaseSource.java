package dev.loadstar.ingestion.database;

import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import dev.loadstar.ingestion.EntityRequest;
import dev.loadstar.ingestion.ExtractionPlan;
import dev.loadstar.ingestion.RawRowSink;
import dev.loadstar.ingestion.ResolvedReferences;
import dev.loadstar.ingestion.SourceAdapter;
import dev.loadstar.ingestion.SplitResult;
import dev.loadstar.ingestion.model.DatabaseSourceModel;
import dev.loadstar.ingestion.model.TableModel;
import dev.loadstar.jdbc.Database;
import dev.loadstar.jdbc.TableInfo;
import dev.loadstar.lake.load.RecordFormat;
import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Tables of a database: in full, or what changed after the bookmark and before the end of the
 * business date. Each table is read in one consistent state, a large one by several connections
 * where the server lets them share it. Types and key come from the catalogue. Thread safe.
 */
public final class DatabaseSource implements SourceAdapter<TableSplit> {
  private static final String CURSOR = "cursor";
  private static final String VALUE = "value";

  /** Of one large table, while others are read by one each: no source is to feel more than that. */
  private static final int MOST_READERS = 4;

  private final DatabaseSourceModel source;
  private final Database database;
  private final SourceTables tables;
  private final Semaphore helpers;

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
    this.tables = new SourceTables(source, database);
    int processors = Runtime.getRuntime().availableProcessors();
    this.helpers = new Semaphore(Math.min(MOST_READERS, processors) - 1);
  }

  @Override
  public ExtractionPlan<TableSplit> plan(EntityRequest request) {
    TableModel model = tables.model(request.entity());
    SourceTables.SpelledTable found = tables.find(model);
    TableInfo table = found.table();
    model.key().forEach(name -> SourceTables.column(model, table, "key", name));
    model.columns().keySet().forEach(name -> SourceTables.column(model, table, "columns", name));
    Optional<TableCursor> cursor =
        model.cursor().map(name -> cursor(model, SourceTables.column(model, table, CURSOR, name)));
    ZoneId zone = source.timezone().orElse(request.date().zone());
    List<String> findings = new ArrayList<>(found.findings());
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
    return new TableSplit(
        model.name(),
        table.select(),
        table.from(),
        conditions,
        binds,
        from.isEmpty(),
        table.typedColumns(),
        cursor.orElse(null),
        cursor.flatMap(c -> bookmark(c, request.latestBookmark())).orElse(""));
  }

  @Override
  public SplitResult copy(TableSplit split, RawRowSink sink) {
    CopiedRows copied = new TableCopy(database, helpers, split).into(sink);
    List<String> findings = new ArrayList<>();
    if (copied.withoutCursor() > 0) {
      findings.add(
          "%d rows have nothing in %s; later loads will not see changes of such rows"
              .formatted(copied.withoutCursor(), split.cursor().column().name()));
    }
    Map<String, String> bookmark = new HashMap<>();
    if (copied.highest() != null) {
      TableCursor cursor = split.cursor();
      bookmark.put(CURSOR, cursorId(cursor));
      bookmark.put(VALUE, cursor.laterText(split.bookmark(), cursor.text(copied.highest())));
    }
    return new SplitResult(copied.rows(), List.of(), bookmark, findings);
  }

  private static TableCursor cursor(TableModel model, Column column) {
    if (!TableCursor.fits(column.type())) {
      throw SourceTables.invalid(
          model.name(),
          "the cursor %s (%s) is of type %s, expected a time, a date or a whole number. Correct sources.yaml."
              .formatted(column.name(), model.location(), column.type().text()));
    }
    TableCursor cursor = new TableCursor(column);
    if (!cursor.isTemporal() && !model.overlap().equals(Duration.ZERO)) {
      throw SourceTables.invalid(
          model.name(),
          "\"overlap\" (%s) goes with a time or a date, but the cursor %s is a number. Correct sources.yaml."
              .formatted(model.location(), column.name()));
    }
    return cursor;
  }
}
