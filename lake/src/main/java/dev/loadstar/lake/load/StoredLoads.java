package dev.loadstar.lake.load;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.lake.file.LakeFiles;
import dev.loadstar.lake.json.NumberedObjects;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/** The loads of a layer as objects {@code ‹layer›/_loads/S.E/NNNNNN.json}. Thread safe. */
public final class StoredLoads<T extends Load> implements Loads<T> {
  private final LakeFiles files;
  private final String folder;
  private final Class<T> type;
  private final Map<EntityName, NumberedObjects<T>> known = new ConcurrentHashMap<>();

  /**
   * @param layer {@code raw} or {@code processed}
   */
  public StoredLoads(LakeFiles files, String layer, Class<T> type) {
    this.files = files;
    this.folder = layer + "/_loads";
    this.type = type;
  }

  private NumberedObjects<T> objects(EntityName entity) {
    return known.computeIfAbsent(
        entity, e -> new NumberedObjects<>(files, folder + "/" + e, type, Load::number));
  }

  @Override
  public Optional<T> latest(EntityName entity) {
    return objects(entity).latest();
  }

  @Override
  public Optional<T> find(EntityName entity, LocalDate businessDate) {
    NumberedObjects<T> objects = objects(entity);
    for (long number = objects.latestNumber(); number > 0; number--) {
      T load = objects.get(number);
      if (load.businessDate().equals(businessDate)) {
        return Optional.of(load);
      }
      if (load.latestDate().isBefore(businessDate)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<T> find(EntityName entity, long number) {
    return objects(entity).find(number);
  }

  @Override
  public List<T> of(EntityName entity, LocalDate businessDate) {
    NumberedObjects<T> objects = objects(entity);
    Deque<T> found = new ArrayDeque<>();
    for (long number = objects.latestNumber(); number > 0; number--) {
      T load = objects.get(number);
      if (load.latestDate().isBefore(businessDate)) {
        break;
      }
      if (load.businessDate().equals(businessDate)) {
        found.addFirst(load);
      }
    }
    return List.copyOf(found);
  }

  @Override
  public List<T> after(EntityName entity, long number) {
    NumberedObjects<T> objects = objects(entity);
    return LongStream.rangeClosed(number + 1, objects.latestNumber())
        .mapToObj(objects::get)
        .toList();
  }

  @Override
  public List<EntityName> entities() {
    return files.list(folder).stream()
        .map(EntityName::parse)
        .filter(entity -> objects(entity).latestNumber() > 0)
        .sorted()
        .toList();
  }

  @Override
  public void claim(T load) {
    objects(load.entity()).claim(load, "load of " + load.entity());
  }
}
