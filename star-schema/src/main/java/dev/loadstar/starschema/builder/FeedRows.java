package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.starschema.model.FactFeedModel;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.starschema.model.StarSchema;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.spark.Joins;
import dev.loadstar.tables.spark.SparkTables;
import dev.loadstar.tables.spark.SparkTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The lines of one feed that this build must look at, as facts without foreign keys: the fact's own
 * columns but those, {@code _line, _nk_<role>, _load, _origin, _row}, and {@code _feed, _batch,
 * _released, _outcome, _column, _is_known}.
 *
 * <p>On the way there the columns that the feed names have the names that the sources gave them,
 * and ours begin with a sign that no such name has.
 */
final class FeedRows {
  static final String KEY = "#k";
  static final String BATCH = "#batch";
  static final String RELEASED = "#released";
  static final String HEADED = "#headed";
  static final String KNOWN = "#known";

  /** Whether the table may hold a fact of the line; of the others it holds none. */
  static final Column IS_KNOWN = col("_is_known");

  private static final String BY = "#by";

  private final BuildSession session;
  private final FactFeedModel feed;
  private final Optional<FeedNames> names;
  private final FeedValues values;

  /**
   * @param names empty while the header has never come: its columns are unknown, and every line
   *     waits anyway
   */
  FeedRows(
      BuildSession session,
      StarSchema schema,
      FactModel fact,
      FactFeedModel feed,
      Optional<FeedNames> names) {
    this.session = session;
    this.feed = feed;
    this.names = names;
    this.values = new FeedValues(session.date().zone(), schema, fact, feed);
  }

  /**
   * @param all whether every line is looked at, because the model is new
   * @return empty when there is nothing to look at
   */
  Optional<Dataset<Row>> candidates(
      KeptState.Change lines, Optional<KeptState.Change> headers, boolean all) {
    if (lines.after().isEmpty()) {
      return Optional.empty();
    }
    Table state = lines.after().get();
    Optional<Table> header = headers.flatMap(KeptState.Change::after);
    Dataset<Row> chosen = null;
    if (lines.changedRows() > 0) {
      Column known = all ? lit(true) : col(KeptState.REPLACED);
      chosen = lines(session.tables().read(lines.changed()), state, header, true, known);
    }
    boolean headersMoved = headers.map(h -> h.changedRows() > 0).orElse(false);
    boolean others = (all || headersMoved) && lines.changedRows() < state.rows();
    if (others) {
      Dataset<Row> known =
          all
              ? session.tables().read(state)
              : session.tables().read(state, Optional.of(headed(state, header, headers.get())));
      Dataset<Row> kept = lines(known, state, header, false, lit(true));
      if (chosen != null) {
        kept = Joins.anti(kept, chosen.select(KEY));
      }
      chosen = chosen == null ? kept : chosen.unionByName(kept);
    }
    if (chosen == null) {
      return Optional.empty();
    }
    if (names.isEmpty()) {
      return Optional.of(values.waiting(chosen));
    }
    long atLeast = all ? state.rows() : lines.changedRows();
    return Optional.of(
        values.evaluated(
            header.isEmpty() ? chosen : withHeader(chosen, headers.get(), atLeast, others)));
  }

  /** The keys of the lines whose header moved, from the two columns that tell. */
  private Dataset<Row> headed(Table state, Optional<Table> header, KeptState.Change headers) {
    String by = feed.header().orElseThrow().by();
    Dataset<Row> moved = session.tables().read(headers.changed()).select(col("_k").as(BY));
    Optional<ColumnType> spelled = header.flatMap(h -> type(h, by));
    Dataset<Row> lines =
        spelled.isPresent() && spelled.equals(type(state, by))
            ? session
                .tables()
                .everSaid(
                    state, moved.select(col(BY).cast(SparkTypes.toSpark(spelled.get())).as(by)))
            : session.tables().read(state);
    Column key = by(by, state, header).as(BY);
    return Joins.semi(lines.select(col("_k"), key), moved).select("_k").distinct();
  }

  /** Kept lines with the columns that the feed names, and ours. */
  private Dataset<Row> lines(
      Dataset<Row> kept, Table state, Optional<Table> header, boolean batch, Column known) {
    List<Column> selected = new ArrayList<>();
    for (String own : List.of("_k", "_load", "_origin", "_row")) {
      selected.add(col(own).as("#" + own.substring(1)));
    }
    selected.add(known.as(KNOWN));
    selected.add(lit(batch).as(BATCH));
    selected.add(lit(false).as(RELEASED));
    selected.add(lit(feed.header().isEmpty()).as(HEADED));
    feed.header().ifPresent(h -> selected.add(by(h.by(), state, header).as(BY)));
    names.ifPresent(n -> n.of(FeedNames.LINES).forEach(name -> selected.add(col(name))));
    return kept.select(selected.toArray(Column[]::new));
  }

  /** The header's key, spelled as its kept state spells it. */
  private static Column by(String name, Table lines, Optional<Table> header) {
    ColumnType from = type(lines, name).orElse(Simple.TEXT);
    ColumnType to = header.flatMap(h -> type(h, name)).orElse(Simple.TEXT);
    return KeptState.text(
        Fitting.of(col(name), SparkTypes.toSpark(from), to), SparkTypes.toSpark(to));
  }

  private static Optional<ColumnType> type(Table table, String column) {
    return table.shape().columns().stream()
        .filter(c -> c.name().equals(column))
        .map(TableColumn::type)
        .findFirst();
  }

  /**
   * Adds the header's columns that the feed names; says who has a header and who just got it.
   *
   * @param atLeast how many lines there are, or fewer
   * @param others whether lines are among them that came before
   */
  private Dataset<Row> withHeader(
      Dataset<Row> lines, KeptState.Change headers, long atLeast, boolean others) {
    List<Column> wanted = new ArrayList<>();
    wanted.add(col("_k").as(BY));
    wanted.add(lit(true).as("#found"));
    names.orElseThrow().of(FeedNames.HEADER).forEach(name -> wanted.add(col(name)));
    Table kept = headers.after().orElseThrow();
    // To know which headers many lines name costs more than to read them all.
    Optional<Dataset<Row>> needed =
        session.tables().small(List.of(kept)) || atLeast >= kept.rows()
            ? Optional.empty()
            : Optional.of(lines.select(col(BY).as("_k")).distinct());
    Dataset<Row> found = session.tables().read(kept, needed).select(wanted.toArray(Column[]::new));
    boolean few = needed.isEmpty() && kept.rows() <= SparkTables.BROADCAST_ROWS;
    Dataset<Row> joined =
        lines
            .join(few ? broadcast(found) : found, Joins.on(List.of(BY)), "left_outer")
            .withColumn(HEADED, coalesce(col("#found"), lit(false)));
    if (headers.changedRows() == 0 || !others) {
      return joined;
    }
    Dataset<Row> first =
        session
            .tables()
            .read(headers.changed())
            .filter(col(KeptState.REPLACED).equalTo(false))
            .select(col("_k").as(BY), lit(true).as("#first"));
    Column released = coalesce(col("#first"), lit(false)).and(col(BATCH).equalTo(false));
    return joined.join(first, Joins.on(List.of(BY)), "left_outer").withColumn(RELEASED, released);
  }
}
