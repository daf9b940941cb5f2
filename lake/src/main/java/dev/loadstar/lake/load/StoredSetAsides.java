package dev.loadstar.lake.load;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.file.LakeFiles;
import dev.loadstar.lake.json.JsonFormat;
import java.util.List;
import java.util.Optional;

/** Objects {@code raw/_set_aside/S.E/NNNNNN.json}, each created once. Thread safe. */
public final class StoredSetAsides implements SetAsides {
  private static final String ENDING = ".json";

  private final LakeFiles files;
  private final Loads<ProcessedLoad> processed;

  public StoredSetAsides(LakeFiles files, Loads<ProcessedLoad> processed) {
    this.files = files;
    this.processed = processed;
  }

  @Override
  public Optional<SetAside> find(EntityName entity, long number) {
    return read(entity, number).filter(this::counts);
  }

  @Override
  public List<SetAside> of(EntityName entity) {
    return files.list(folder(entity)).stream()
        .filter(name -> name.matches("\\d{6,18}\\.json"))
        .map(name -> Long.parseLong(name.substring(0, name.length() - ENDING.length())))
        .sorted()
        .map(number -> read(entity, number).orElseThrow())
        .filter(this::counts)
        .toList();
  }

  @Override
  public SetAside add(SetAside wanted) {
    String path = path(wanted.entity(), wanted.number());
    return files.createIfAbsent(path, JsonFormat.write(wanted)) == LakeFiles.Creation.CREATED
        ? wanted
        : read(wanted.entity(), wanted.number()).orElseThrow();
  }

  private boolean counts(SetAside one) {
    return processed
        .find(one.entity(), one.number())
        .map(load -> load.leftOut().isPresent())
        .orElse(true);
  }

  private Optional<SetAside> read(EntityName entity, long number) {
    String path = path(entity, number);
    return files.read(path).map(content -> JsonFormat.read(content, SetAside.class, path));
  }

  private static String folder(EntityName entity) {
    return "raw/_set_aside/" + entity;
  }

  private static String path(EntityName entity, long number) {
    return "%s/%06d%s".formatted(folder(entity), number, ENDING);
  }
}
