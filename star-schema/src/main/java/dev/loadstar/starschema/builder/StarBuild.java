package dev.loadstar.starschema.builder;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.core.crash.CrashPoint;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.quality.QualityResult;
import dev.loadstar.core.quality.StarVerdict;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.starschema.model.CalendarModel;
import dev.loadstar.starschema.model.Definition;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.starschema.model.StarSchema;
import dev.loadstar.tables.Attempt;
import dev.loadstar.tables.Commit;
import dev.loadstar.tables.CommitNote;
import dev.loadstar.tables.LoadHistory;
import dev.loadstar.tables.Table;
import dev.loadstar.tables.TableShape;
import dev.loadstar.tables.spark.Written;
import dev.loadstar.tables.stored.LakeAttempt;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** One build: what it was given, and the tables as they come about. */
final class StarBuild {
  private final BuildSession build;
  private final Attempt attempt;
  private final GivenLoads loads;
  private final StarSchema schema;
  private final CandidateCheck check;
  private final RoomCheck room;
  private final Clock clock;
  private final Optional<Commit> head;
  private final Map<EntityName, List<ProcessedLoad>> pending;
  private final Set<String> again;
  private final Map<String, Table> before = new TreeMap<>();
  private final Map<String, Table> tables = new ConcurrentHashMap<>();
  private final Map<String, LocalDate> lastDays = new ConcurrentHashMap<>();
  private final List<String> findings = new ArrayList<>();

  StarBuild(
      BuildSession build,
      Attempt attempt,
      StarSchema schema,
      Optional<Commit> head,
      Map<EntityName, List<ProcessedLoad>> pending,
      Set<String> again,
      CandidateCheck check,
      RoomCheck room,
      Clock clock) {
    this.build = build;
    this.attempt = attempt;
    this.loads = new GivenLoads(build.lake(), head, pending);
    this.schema = schema;
    this.head = head;
    this.pending = pending;
    this.again = again;
    this.check = check;
    this.room = room;
    this.clock = clock;
    Set<String> known = tables(schema);
    for (Table table : head.map(h -> h.tables().values()).orElse(List.of())) {
      if (known.contains(table.name())) {
        Table now =
            LakeAttempt.isCurrent(table) ? table : build.tables().asNow(table, table.shape());
        before.put(table.name(), now);
        tables.put(table.name(), now);
      }
    }
  }

  /** Every table that a star has in the lake; those of an older model are let go. */
  static Set<String> tables(StarSchema schema) {
    Set<String> names = new TreeSet<>();
    schema.dimensions().forEach(d -> names.addAll(List.of(d.table(), d.observations())));
    schema.calendars().forEach(c -> names.add(c.table()));
    schema.facts().forEach(f -> names.addAll(List.of(f.table(), f.quarantine())));
    schema.keptEntities().forEach(entity -> names.add(KeptState.table(entity)));
    return names;
  }

  BuildResult run(String runId) {
    Map<String, KeptState.Change> states = new ConcurrentHashMap<>();
    Map<String, DimensionChange> dimensions = new ConcurrentHashMap<>();
    List<Runnable> first = new ArrayList<>();
    schema.keptEntities().forEach(entity -> first.add(() -> keep(entity, states)));
    List<DimensionModel> enriched = new ArrayList<>();
    for (DimensionModel model : schema.dimensions()) {
      if (model.enrichments().isEmpty()) { // which needs no kept state
        first.add(() -> dimensions.put(model.name(), dimension(model, states)));
      } else {
        enriched.add(model);
      }
    }
    schema.calendars().forEach(model -> first.add(() -> calendar(model)));
    Concurrently.run(first);
    Concurrently.forEach(enriched, model -> dimensions.put(model.name(), dimension(model, states)));
    List<FactChange> facts = facts(states, dimensions);
    List<HopBalance> balance = new ArrayList<>();
    Map<String, BuildResult.DimensionChange> changes = new LinkedHashMap<>();
    for (DimensionModel model : schema.dimensions()) {
      DimensionChange change = dimensions.get(model.name());
      balance.add(change.balance());
      findings.addAll(change.findings());
      changes.put(model.table(), change.counts());
    }
    facts.forEach(fact -> balance.addAll(fact.balances()));
    StarVerdict verdict = new Judgement(build, check).of(head, published(), before, tables);
    List<QualityResult> quality = verdict.results();
    if (!again.isEmpty() && head.filter(this::standsAsItIs).isPresent()) {
      return new BuildResult(head, false, balance, quality, changes, findings);
    }
    CommitNote note =
        new CommitNote(
            build.date().date(),
            latestDate(),
            runId,
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            consumed(),
            balance,
            quality,
            verdict.figures());
    room.require(published(), attempt.extents());
    CrashPoint.CURATED_FILES_WRITTEN.reached();
    Commit commit = attempt.commit(note, tables);
    CrashPoint.COMMIT_CLAIMED.reached();
    return new BuildResult(Optional.of(commit), true, balance, quality, changes, findings);
  }

  private void keep(EntityName entity, Map<String, KeptState.Change> states) {
    String name = KeptState.table(entity);
    Optional<Table> prior = prior(name);
    boolean known = prior.isPresent() && KeptState.fits(prior.get(), loads.pending(entity));
    KeptState.Change change =
        known
            ? KeptState.build(
                build, entity, prior, loads.given(entity), loads.newFrom(entity), false)
            : KeptState.build(
                build, entity, Optional.empty(), loads.all(entity).loads(), 0, prior.isPresent());
    states.put(name, change);
    change.after().ifPresent(state -> tables.put(name, state));
  }

  private LocalDate latestDate() {
    LocalDate own = build.date().date();
    return head.map(Commit::latestDate).filter(own::isBefore).orElse(own);
  }

  private boolean standsAsItIs(Commit commit) {
    return commit.tables().equals(tables) && commit.consumed().equals(consumed());
  }

  private Optional<Table> prior(String table) {
    return Optional.ofNullable(before.get(table));
  }

  private Map<EntityName, Long> consumed() {
    Map<EntityName, Long> numbers = new TreeMap<>();
    head.ifPresent(h -> numbers.putAll(h.consumed()));
    pending.forEach(
        (entity, loads) -> {
          if (!loads.isEmpty()) {
            numbers.put(entity, loads.get(loads.size() - 1).number());
          }
        });
    return numbers;
  }

  private void calendar(CalendarModel model) {
    LocalDate last = CalendarBuild.last(model, head, build.date().date());
    lastDays.put(model.name(), last);
    TableShape shape = CalendarBuild.shape(model, last);
    Optional<Table> prior = prior(model.table());
    if (prior.filter(p -> p.shape().definition().equals(shape.definition())).isPresent()) {
      return;
    }
    List<Row> rows = CalendarBuild.rows(model, last).stream().map(RowFactory::create).toList();
    Dataset<Row> data =
        build
            .spark()
            .createDataFrame(rows, CalendarBuild.encodedSchema(shape))
            .withColumn("date", date_from_unix_date(col("date")));
    // A calendar is written whole, so a new one takes the old one's place.
    Written written = build.tables().writeAnew(shape, data, rows.size());
    tables.put(model.table(), build.tables().anew(shape, written, 1));
  }

  private boolean anew(Table prior, Definition definition) {
    return again.contains(prior.name()) || !prior.shape().definition().equals(definition.text());
  }

  private DimensionChange dimension(DimensionModel model, Map<String, KeptState.Change> states) {
    Optional<Table> prior = prior(model.table());
    boolean again = prior.filter(p -> anew(p, Definition.of(model))).isPresent();
    boolean whole = again || prior.isEmpty();
    DimensionBuild some =
        dimension(model, states, whole ? loads.all(model.from()) : given(model), again);
    DimensionChange change =
        (some.needsAllLoads() ? dimension(model, states, loads.all(model.from()), true) : some)
            .build();
    tables.put(model.table(), change.state());
    change.observations().ifPresent(state -> tables.put(model.observations(), state));
    return change;
  }

  private DimensionBuild dimension(
      DimensionModel model,
      Map<String, KeptState.Change> states,
      LoadHistory given,
      boolean again) {
    return new DimensionBuild(
        build, model, given, states, prior(model.table()), prior(model.observations()), again);
  }

  /** With a change time an observation is kept however often it is repeated. */
  private LoadHistory given(DimensionModel model) {
    return new LoadHistory(
        0,
        model.effectiveAt().isPresent() ? loads.pending(model.from()) : loads.given(model.from()));
  }

  private List<FactChange> facts(
      Map<String, KeptState.Change> states, Map<String, DimensionChange> dimensions) {
    List<FactBuild> builds = new ArrayList<>();
    try {
      for (FactModel model : schema.facts()) {
        FactBuild fact =
            new FactBuild(
                build, schema, model, prior(model.table()), prior(model.quarantine()), states);
        builds.add(fact);
        boolean isNew = head.isPresent() && prior(model.table()).isEmpty();
        fact.prepare(
            dimensions,
            lastDays,
            isNew || again.contains(model.table()) || FactBuild.renamed(model, states, dimensions));
      }
      Map<String, NamedKeys> keys = NamedKeys.of(build, builds, dimensions);
      Map<String, Dataset<Row>> members = new ConcurrentHashMap<>();
      Concurrently.forEach(
          schema.dimensions(),
          model -> {
            NamedMembers named = NamedMembers.of(build, model, keys, dimensions);
            if (named.added()) {
              tables.put(model.table(), named.dimension().state());
              dimensions.put(model.name(), named.dimension());
            }
            named.members().ifPresent(found -> members.put(model.name(), found));
          });
      List<FactChange> changes = new ArrayList<>();
      for (FactBuild fact : builds) {
        FactChange change = fact.build(members, dimensions);
        tables.put(change.model().table(), change.state());
        change.quarantine().ifPresent(q -> tables.put(change.model().quarantine(), q));
        change
            .noted()
            .forEach(
                (what, n) ->
                    findings.add("%s: %d lines %s".formatted(change.model().table(), n, what)));
        changes.add(change);
      }
      return changes;
    } finally {
      builds.forEach(FactBuild::close);
    }
  }

  private List<TableShape> published() {
    return tables.values().stream()
        .map(Table::shape)
        .filter(TableShape::published)
        .sorted(Comparator.comparing(TableShape::name))
        .toList();
  }
}
