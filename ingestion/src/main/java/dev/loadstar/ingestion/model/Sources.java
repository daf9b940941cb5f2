package dev.loadstar.ingestion.model;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.project.ProjectFolder;
import dev.loadstar.core.secret.Reference;
import dev.loadstar.core.yaml.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything in {@code sources.yaml} or {@code sources/*.yaml}, in the order of files and lines.
 */
public record Sources(List<SourceModel> sources) {
  public Sources {
    sources = List.copyOf(sources);
  }

  /** Reads the files; what is wrong goes to the folder's problems. Empty when that was too much. */
  public static Optional<Sources> read(ProjectFolder folder) {
    int before = folder.problems().count();
    List<SourceModel> sources = new ArrayList<>();
    for (ProjectFolder.Named entry : folder.readEntries("sources", true)) {
      new SourceReader(entry, folder.problems()).read().ifPresent(sources::add);
    }
    return folder.problems().count() > before
        ? Optional.empty()
        : Optional.of(new Sources(sources));
  }

  /** All entities of all sources. */
  public List<EntityModel> entities() {
    return sources.stream().<EntityModel>flatMap(source -> source.entities().stream()).toList();
  }

  /** The names of all entities. */
  public List<EntityName> names() {
    return entities().stream().map(EntityModel::name).toList();
  }

  public Optional<EntityModel> entity(EntityName name) {
    return entities().stream().filter(entity -> entity.name().equals(name)).findFirst();
  }

  public Optional<SourceModel> source(String name) {
    return sources.stream().filter(source -> source.name().equals(name)).findFirst();
  }

  /**
   * The entities that a person named: {@code shop} for all of a source, {@code shop.orders} for
   * one, nothing for all. In the order of the files, each once.
   *
   * @throws LoadException {@code USAGE} for a name that is neither
   */
  public List<EntityName> select(Collection<String> words) {
    for (String word : words) {
      boolean known =
          names().stream().anyMatch(name -> name.toString().equals(word))
              || source(word).isPresent();
      if (!known) {
        List<String> choices =
            Stream.concat(
                    sources.stream().map(SourceModel::name),
                    names().stream().map(EntityName::toString))
                .toList();
        throw new LoadException(
            ErrorCode.USAGE,
            "Cannot select %s: no source or entity has this name%s Correct the name."
                .formatted(word, Suggestion.ending(word, choices)));
      }
    }
    return names().stream()
        .filter(
            name ->
                words.isEmpty() || words.contains(name.source()) || words.contains(name.toString()))
        .toList();
  }

  /** All that must be resolved before these entities are read. */
  public Stream<Reference> references(Collection<EntityName> selection) {
    return sources.stream()
        .filter(source -> selection.stream().anyMatch(name -> name.source().equals(source.name())))
        .flatMap(SourceModel::references);
  }
}
