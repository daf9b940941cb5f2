package dev.loadstar.tables.retention;

import dev.loadstar.lake.file.LakeFiles;
import dev.loadstar.lake.file.StoredFile;
import dev.loadstar.lake.load.LoadFiles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The data files of a layer by the folder of their attempt, as the store listed them once. */
final class AttemptFolders {
  private static final int LOAD = 5;
  private static final int CHECKPOINT = 4;

  private final Map<String, List<StoredFile>> files = new LinkedHashMap<>();

  private AttemptFolders() {}

  static AttemptFolders of(LakeFiles lake, String layer) {
    AttemptFolders folders = new AttemptFolders();
    for (StoredFile file : lake.walk(layer)) {
      folder(file.path())
          .ifPresent(f -> folders.files.computeIfAbsent(f, k -> new ArrayList<>()).add(file));
    }
    return folders;
  }

  /** Empty for what is no data file. */
  private static Optional<String> folder(String path) {
    String[] parts = path.split("/");
    if (parts.length < CHECKPOINT || !parts[1].startsWith("source=")) {
      return Optional.empty();
    }
    int depth = parts[CHECKPOINT - 1].startsWith("checkpoint=") ? CHECKPOINT : LOAD;
    return parts.length <= depth
        ? Optional.empty()
        : Optional.of(String.join("/", List.of(parts).subList(0, depth)));
  }

  /** The folders of files that count. */
  static Set<String> of(LoadFiles files) {
    Set<String> folders = new HashSet<>();
    files.forEach(file -> folder(file.path()).ifPresent(folders::add));
    return folders;
  }

  Set<String> names() {
    return files.keySet();
  }

  List<StoredFile> in(String folder) {
    return files.getOrDefault(folder, List.of());
  }
}
