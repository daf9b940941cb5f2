package dev.loadstar.lake.load;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of one load. Whoever makes or reads a load passes them on and need not know what a file
 * is.
 */
public record LoadFiles(@JsonValue List<DataFile> all) implements Iterable<DataFile> {
  public static final LoadFiles NONE = new LoadFiles(List.of());

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public LoadFiles {
    all = List.copyOf(all);
  }

  public static LoadFiles of(DataFile... files) {
    return new LoadFiles(List.of(files));
  }

  public LoadFiles and(LoadFiles more) {
    return new LoadFiles(Stream.concat(stream(), more.stream()).toList());
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  public long rows() {
    return all.stream().mapToLong(DataFile::rows).sum();
  }

  public long bytes() {
    return all.stream().mapToLong(DataFile::bytes).sum();
  }

  /** Relative to the lake. */
  public List<String> paths() {
    return all.stream().map(DataFile::path).toList();
  }

  public Stream<DataFile> stream() {
    return all.stream();
  }

  @Override
  public Iterator<DataFile> iterator() {
    return all.iterator();
  }
}
