package dev.loadstar.lake.json;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.lake.file.LakeFiles;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * Objects {@code 000001.json}, {@code 000002.json}, … of a folder, without gaps. Once written they
 * never change, so what was read is kept. Thread safe.
 */
public final class NumberedObjects<T> {
  private static final String ENDING = ".json";

  private final LakeFiles files;
  private final String folder;
  private final Class<T> type;
  private final ToLongFunction<T> number;
  private final Map<Long, T> known = new ConcurrentHashMap<>();

  /**
   * @param number of an object, which must be that of its name
   */
  public NumberedObjects(LakeFiles files, String folder, Class<T> type, ToLongFunction<T> number) {
    this.files = files;
    this.folder = folder;
    this.type = type;
    this.number = number;
  }

  /** 0 when there is none. Lists the folder, for another process may have added one. */
  public long latestNumber() {
    long latest = 0;
    for (String name : files.list(folder)) {
      if (name.matches("\\d{6,18}\\.json")) {
        latest =
            Math.max(latest, Long.parseLong(name.substring(0, name.length() - ENDING.length())));
      }
    }
    return latest;
  }

  public Optional<T> latest() {
    long latest = latestNumber();
    return latest == 0 ? Optional.empty() : Optional.of(get(latest));
  }

  public Optional<T> find(long wanted) {
    T kept = known.get(wanted);
    if (kept != null) {
      return Optional.of(kept);
    }
    String path = path(wanted);
    Optional<T> found = files.read(path).map(content -> JsonFormat.read(content, type, path));
    found.ifPresent(
        value -> {
          if (number.applyAsLong(value) != wanted) {
            throw JsonFormat.damaged(path, "its number is not that of its name", null);
          }
          known.put(wanted, value);
        });
    return found;
  }

  /**
   * @throws LoadException when it is missing, though a later one stands there
   */
  public T get(long wanted) {
    return find(wanted).orElseThrow(() -> JsonFormat.damaged(path(wanted), "it is missing", null));
  }

  /**
   * @param what to call it in the message, for example {@code load of shop.orders}
   * @throws LoadException {@code RUN_AHEAD} unless its number is the next one and still free
   */
  public void claim(T value, String what) {
    long wanted = number.applyAsLong(value);
    long latest = latestNumber();
    boolean won =
        wanted == latest + 1
            && files.createIfAbsent(path(wanted), JsonFormat.write(value))
                == LakeFiles.Creation.CREATED;
    if (!won) {
      throw new LoadException(
          ErrorCode.RUN_AHEAD,
          "Cannot claim number %d for the %s: another run is ahead, expected the number to be the next and free. Run again; nothing is lost."
              .formatted(wanted, what));
    }
    known.put(wanted, value);
  }

  private String path(long wanted) {
    return "%s/%06d%s".formatted(folder, wanted, ENDING);
  }
}
