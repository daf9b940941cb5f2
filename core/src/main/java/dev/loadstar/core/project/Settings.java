package dev.loadstar.core.project;

import dev.loadstar.core.secret.Reference;
import dev.loadstar.core.yaml.Location;
import dev.loadstar.core.yaml.YamlMap;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code loadstar.yaml}: where things are and how a night runs.
 *
 * @param timezone where a business date begins and ends
 * @param lake a folder (relative ones from the project's folder) or {@code s3a://bucket/prefix}
 * @param migrations the project's own migrations: a folder with {@code postgresql/} and {@code
 *     mysql/}, relative to the project's folder
 * @param schemas names of the warehouse's schemas, keys {@code dw etl bi stg}
 * @param tokenVault present when {@code tokenize} is used
 * @param maskingKeys in order; the last one masks, the first one also seeds the change digests
 */
public record Settings(
    ZoneId timezone,
    Reference lake,
    Optional<DatabaseAddress> warehouse,
    Optional<String> migrations,
    Map<String, String> schemas,
    Optional<DatabaseAddress> tokenVault,
    List<MaskingKey> maskingKeys,
    Guards guards,
    Retention retention,
    Schedule schedule,
    Notify notification,
    Location location) {
  /** A key of at least 32 characters, by name. */
  public record MaskingKey(String id, Reference key) {}

  /**
   * More than this stops the night with exit 65.
   *
   * @param changedMembers share of a dimension's known members that one build may change
   * @param quarantinedRows share of an entity's rows that one transform may reject
   * @param rejectedFacts share of a fact's lines that one build may reject
   */
  public record Guards(
      Optional<BigDecimal> changedMembers,
      Optional<BigDecimal> quarantinedRows,
      Optional<BigDecimal> rejectedFacts) {
    public static final Guards NONE =
        new Guards(Optional.empty(), Optional.empty(), Optional.empty());

    /** Without a bound for rejected facts. */
    public Guards(Optional<BigDecimal> changedMembers, Optional<BigDecimal> quarantinedRows) {
      this(changedMembers, quarantinedRows, Optional.empty());
    }
  }

  /** Read by the Airflow DAG. */
  public record Schedule(Optional<String> cron, int retries, Duration retryDelay) {}

  /** Sent by the Airflow DAG: {@code mailto:} addresses and webhook URLs. */
  public record Notify(List<Reference> failure, List<Reference> success) {}

  /** Reads the file; what is wrong goes to the folder's problems. Empty when that was too much. */
  public static Optional<Settings> read(ProjectFolder folder) {
    List<YamlMap> files = folder.read("loadstar", true);
    if (files.isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = files.get(0);
    int before = folder.problems().count();
    boolean readable =
        map.requireScalar("format").flatMap(v -> v.oneOf(Map.of("1", 1))).isPresent();
    ZoneId zone = map.requireScalar("timezone").flatMap(v -> v.zone()).orElse(ZoneOffset.UTC);
    Optional<Reference> lake = map.requireReference("lake");
    Optional<YamlMap> warehouseMap = map.requireMap("warehouse");
    Optional<DatabaseAddress> warehouse = warehouseMap.flatMap(m -> DatabaseAddress.read(m, "url"));
    Optional<String> migrations = warehouseMap.flatMap(m -> m.text("migrations"));
    Map<String, String> schemas = warehouseMap.map(Settings::schemas).orElse(Map.of());
    warehouseMap.ifPresent(YamlMap::refuseOthers);
    Optional<YamlMap> vaultMap = map.map("token_vault");
    Optional<DatabaseAddress> vault = vaultMap.flatMap(m -> DatabaseAddress.read(m, "url"));
    vaultMap.ifPresent(YamlMap::refuseOthers);
    List<MaskingKey> keys = map.map("masking_keys").map(Settings::maskingKeys).orElse(List.of());
    Guards guards = map.map("guards").map(Settings::guards).orElse(Guards.NONE);
    Retention retention = map.map("retention").map(Retention::read).orElse(Retention.NONE);
    Schedule schedule = map.map("schedule").map(Settings::schedule).orElse(manual());
    Notify notify = map.map("notify").map(Settings::notification).orElse(silent());
    map.refuseOthers();
    if (!readable || folder.problems().count() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new Settings(
            zone,
            lake.orElseThrow(),
            warehouse,
            migrations,
            schemas,
            vault,
            keys,
            guards,
            retention,
            schedule,
            notify,
            map.location()));
  }

  private static Map<String, String> schemas(YamlMap warehouse) {
    Map<String, String> names = new java.util.TreeMap<>();
    Optional<YamlMap> renamed = warehouse.map("schemas");
    for (String schema : List.of("dw", "etl", "bi", "stg")) {
      names.put(schema, renamed.flatMap(m -> m.text(schema)).orElse(schema));
    }
    renamed.ifPresent(YamlMap::refuseOthers);
    return Map.copyOf(names);
  }

  private static List<MaskingKey> maskingKeys(YamlMap map) {
    List<MaskingKey> keys = new ArrayList<>();
    for (YamlMap.Key key : map.keys()) {
      map.secret(key.name()).ifPresent(secret -> keys.add(new MaskingKey(key.name(), secret)));
    }
    return List.copyOf(keys);
  }

  private static Guards guards(YamlMap map) {
    Guards guards =
        new Guards(
            map.scalar("changed_members").flatMap(v -> v.share()),
            map.scalar("quarantined_rows").flatMap(v -> v.share()),
            map.scalar("rejected_facts").flatMap(v -> v.share()));
    map.refuseOthers();
    return guards;
  }

  private static Schedule manual() {
    return new Schedule(Optional.empty(), 2, Duration.ofMinutes(5));
  }

  private static Schedule schedule(YamlMap map) {
    Schedule schedule =
        new Schedule(
            map.text("cron"),
            map.scalar("retries").flatMap(v -> v.integer(0, 100)).orElse(2),
            map.scalar("retry_delay").flatMap(v -> v.duration()).orElse(Duration.ofMinutes(5)));
    map.refuseOthers();
    return schedule;
  }

  private static Notify silent() {
    return new Notify(List.of(), List.of());
  }

  private static Notify notification(YamlMap map) {
    Notify notify = new Notify(targets(map, "failure"), targets(map, "success"));
    map.refuseOthers();
    return notify;
  }

  private static List<Reference> targets(YamlMap map, String key) {
    return map.list(key).stream()
        .flatMap(list -> list.items().stream())
        .flatMap(item -> item.asScalar().stream())
        .map(scalar -> scalar.reference())
        .toList();
  }
}
