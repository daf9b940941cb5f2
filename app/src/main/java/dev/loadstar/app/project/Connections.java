package dev.loadstar.app.project;

import dev.loadstar.app.step.Step;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.project.DatabaseAddress;
import dev.loadstar.core.secret.Reference;
import dev.loadstar.core.secret.References;
import dev.loadstar.core.secret.Secret;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.jdbc.Database;
import dev.loadstar.masking.key.MaskingKeys;
import dev.loadstar.masking.vault.TokenVaultAddress;
import dev.loadstar.warehouse.WarehouseTarget;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A project's references, resolved for the steps that are about to run; still nothing is connected.
 * Never printed.
 */
public record Connections(
    References references,
    String lake,
    Map<String, String> lakeOptions,
    MaskingKeys maskingKeys,
    Optional<TokenVaultAddress> tokenVault,
    Optional<WarehouseTarget> warehouse) {
  /**
   * @param steps that will run; only what they need must be there
   * @param selection entities whose sources will be read
   * @throws LoadException {@code SECRET_MISSING} that names everything missing, one a line
   */
  public static Connections resolve(
      Project project,
      Map<String, String> environment,
      Set<Step> steps,
      Collection<EntityName> selection) {
    Problems problems = new Problems();
    References references = new References(environment);
    Optional<String> lake = references.text(project.settings().lake(), problems);
    if (steps.contains(Step.INGEST)) {
      project.sources().references(selection).forEach(r -> references.text(r, problems));
    }
    MaskingKeys keys = new MaskingKeys(List.of());
    Optional<TokenVaultAddress> vault = Optional.empty();
    if (steps.contains(Step.TRANSFORM)) {
      keys = MaskingKeys.resolve(project.settings(), references, problems);
      if (project.masking().usesVault()) {
        vault = project.settings().tokenVault().flatMap(a -> vault(a, references, problems));
      }
    }
    Optional<WarehouseTarget> warehouse = Optional.empty();
    if (steps.contains(Step.LOAD)) {
      warehouse =
          project.settings().warehouse().flatMap(a -> warehouse(project, a, references, problems));
    }
    problems.throwIfAny(ErrorCode.SECRET_MISSING);
    return new Connections(
        references, lake.orElseThrow(), s3Options(environment), keys, vault, warehouse);
  }

  /** What is not set, for {@code validate}: one line each. */
  public static List<String> missing(Project project, Map<String, String> environment) {
    try {
      resolve(project, environment, Set.of(Step.values()), project.sources().names());
      return List.of();
    } catch (LoadException e) {
      return e.getMessage().lines().toList();
    }
  }

  /**
   * @throws LoadException {@code CONFIGURATION_INVALID} when the project has no warehouse
   */
  public WarehouseTarget requireWarehouse() {
    return warehouse.orElseThrow(
        () ->
            new LoadException(
                ErrorCode.CONFIGURATION_INVALID,
                "Cannot reach the warehouse: loadstar.yaml names none. Add warehouse with its url."));
  }

  private static Optional<TokenVaultAddress> vault(
      DatabaseAddress address, References references, Problems problems) {
    return open(address, references, problems)
        .map(d -> new TokenVaultAddress(d.url(), d.user().orElse(null), d.password().orElse(null)));
  }

  private static Optional<WarehouseTarget> warehouse(
      Project project, DatabaseAddress address, References references, Problems problems) {
    return open(address, references, problems)
        .map(
            database ->
                new WarehouseTarget(
                    database,
                    project.settings().schemas(),
                    project.settings().migrations().map(project.folder()::resolve)));
  }

  private static Optional<Database> open(
      DatabaseAddress address, References references, Problems problems) {
    int before = problems.count();
    Optional<String> url = references.text(address.url(), problems);
    Optional<String> user = address.user().flatMap(r -> text(references, r, problems));
    Optional<Secret> password = address.password().flatMap(r -> references.secret(r, problems));
    if (problems.count() > before || url.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Database(url.get(), user, password));
  }

  private static Optional<String> text(References references, Reference r, Problems problems) {
    return references.text(r, problems);
  }

  /** The variables that every AWS tool knows; {@code spark.hadoop.fs.s3a.*} properties win. */
  private static Map<String, String> s3Options(Map<String, String> environment) {
    Map<String, String> options = new HashMap<>();
    String endpoint =
        environment.getOrDefault("AWS_ENDPOINT_URL_S3", environment.get("AWS_ENDPOINT_URL"));
    if (endpoint != null) {
      options.put("fs.s3a.endpoint", endpoint);
      options.put("fs.s3a.path.style.access", "true");
      options.put("fs.s3a.connection.ssl.enabled", String.valueOf(endpoint.startsWith("https:")));
    }
    put(options, "fs.s3a.endpoint.region", environment.get("AWS_DEFAULT_REGION"));
    put(options, "fs.s3a.endpoint.region", environment.get("AWS_REGION"));
    if (environment.containsKey("AWS_ACCESS_KEY_ID")) {
      put(options, "fs.s3a.access.key", environment.get("AWS_ACCESS_KEY_ID"));
      put(options, "fs.s3a.secret.key", environment.get("AWS_SECRET_ACCESS_KEY"));
      put(options, "fs.s3a.session.token", environment.get("AWS_SESSION_TOKEN"));
    }
    System.getProperties()
        .forEach(
            (key, value) -> {
              String name = String.valueOf(key);
              if (name.startsWith("spark.hadoop.fs.s3a.")) {
                options.put(name.substring("spark.hadoop.".length()), String.valueOf(value));
              }
            });
    return Map.copyOf(options);
  }

  private static void put(Map<String, String> options, String key, String value) {
    if (value != null && !value.isEmpty()) {
      options.put(key, value);
    }
  }

  @Override
  public String toString() {
    return "[connections]";
  }
}
