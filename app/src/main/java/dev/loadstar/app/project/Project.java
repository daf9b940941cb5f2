package dev.loadstar.app.project;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.project.Settings;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.ingestion.model.Sources;
import dev.loadstar.masking.MaskingRules;
import dev.loadstar.quality.QualityRules;
import dev.loadstar.starschema.model.StarSchema;
import dev.loadstar.starschema.model.StarSchemaReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that a folder of YAML says, read and checked against itself; nothing is resolved or
 * connected. Immutable, thread safe.
 */
public record Project(
    ProjectFolder folder,
    Settings settings,
    Sources sources,
    MaskingRules masking,
    StarSchema star,
    QualityRules quality) {
  /**
   * @param directory that holds {@code loadstar.yaml}
   * @param shownAs how a person would type it, for messages; may be empty
   * @throws dev.loadstar.core.error.LoadException {@code CONFIGURATION_INVALID} that lists every
   *     mistake, one a line
   */
  public static Project load(Path directory, String shownAs) {
    Problems problems = new Problems();
    ProjectFolder folder = new ProjectFolder(directory, shownAs, problems);
    Optional<Settings> settings = Settings.read(folder);
    Optional<Sources> sources = Sources.read(folder);
    DeclaredNames declared = new DeclaredNames(directory);
    // Without the names every later mention of one would be a mistake of its own.
    Optional<Set<EntityName>> entities =
        sources.<Set<EntityName>>map(s -> new TreeSet<>(s.names())).or(declared::entities);
    if (entities.isEmpty()) {
      problems.throwIfAny(ErrorCode.CONFIGURATION_INVALID);
    }
    ParserAhead.await();
    Optional<MaskingRules> masking = MaskingRules.read(folder, entities.orElseThrow());
    int before = problems.count();
    Optional<StarSchema> star = StarSchemaReader.read(folder, entities.orElseThrow());
    if (star.isEmpty() && problems.count() == before) {
      folder.read("star-schema", true); // says that it is missing
    }
    Optional<QualityRules> quality =
        star.map(Project::tables)
            .or(declared::tables)
            .flatMap(tables -> QualityRules.read(folder, tables, entities.orElseThrow()));
    if (settings.isPresent() && masking.isPresent()) {
      masking.get().checkSettings(settings.get(), problems);
    }
    if (masking.isPresent() && sources.isPresent()) {
      sources
          .get()
          .entities()
          .forEach(
              entity ->
                  masking
                      .get()
                      .checkKey(
                          entity.name(), snakeCase(entity.key()), entity.location(), problems));
    }
    problems.throwIfAny(ErrorCode.CONFIGURATION_INVALID);
    return new Project(
        folder,
        settings.orElseThrow(),
        sources.get(),
        masking.orElseThrow(),
        star.orElseThrow(),
        quality.orElseThrow());
  }

  private static Set<String> tables(StarSchema star) {
    Set<String> tables = new TreeSet<>();
    star.dimensions().forEach(d -> tables.add(d.table()));
    star.calendars().forEach(c -> tables.add(c.table()));
    star.facts().forEach(f -> tables.add(f.table()));
    return tables;
  }

  private static List<String> snakeCase(List<String> names) {
    return names.stream().map(dev.loadstar.core.name.SnakeCase::of).toList();
  }
}
