package dev.loadstar.ingestion.file;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.ingestion.EntityRequest;
import dev.loadstar.ingestion.ExtractionPlan;
import dev.loadstar.ingestion.RawRowSink;
import dev.loadstar.ingestion.SourceAdapter;
import dev.loadstar.ingestion.SplitResult;
import dev.loadstar.ingestion.model.FeedModel;
import dev.loadstar.ingestion.model.FilePattern;
import dev.loadstar.ingestion.model.FileSourceModel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads feeds of files: those that are new or changed since the last load, as the bookmark knows by
 * name, length and time of change. A file whose name holds a date waits until that business date;
 * one that comes late is read with the next load; one without a date belongs to the night it is
 * first seen in.
 *
 * <p>A load of CSV files keeps columns of text, the union of all headers, null where a file lacks
 * one; an empty field is an empty text. As soon as one file of a load is JSON Lines, the whole load
 * is JSON: CSV records become objects of texts there, a column that a file lacks has no field, and
 * JSON's numbers keep their digits. Parquet files keep their types and need a feed of their own.
 *
 * <p>{@code _origin} is the file's name below the source's folder, {@code _row} the record's number
 * without the header. Thread safe.
 */
public final class FileSource implements SourceAdapter<FileSplit> {
  private final SourceFolder folder;
  private final ZoneId timezone;
  private final Map<EntityName, FeedModel> feeds = new HashMap<>();
  private final FileCopy copy;

  private FileSource(FileSourceModel model, SourceFolder folder, ZoneId timezone) {
    this.folder = folder;
    this.timezone = timezone;
    this.copy = new FileCopy(folder);
    model.entities().forEach(feed -> feeds.put(feed.name(), feed));
  }

  /**
   * @param address the model's, resolved: a folder, {@code file:/folder} or {@code
   *     s3a://bucket/prefix}
   * @param relativeTo where a relative folder begins
   * @param timezone for a source that names none
   * @param s3Options S3A's options by their Hadoop names; unused by folders
   * @throws LoadException {@code CONFIGURATION_INVALID} for another kind of address, else as {@link
   *     #plan}
   */
  public static FileSource open(
      FileSourceModel model,
      String address,
      Path relativeTo,
      ZoneId timezone,
      Map<String, String> s3Options) {
    ZoneId zone = model.timezone().orElse(timezone);
    if (address.startsWith("s3a://") || address.startsWith("s3://")) {
      try {
        String s3a = address.replaceFirst("^s3://", "s3a://");
        return new FileSource(model, S3Folder.open(s3a, s3Options), zone);
      } catch (IOException e) {
        throw FileFailure.of("open", "source " + model.name(), e);
      } catch (IllegalArgumentException e) {
        throw unknownAddress(model.name());
      }
    }
    if (address.isBlank() || address.contains("://") && !address.startsWith("file:")) {
      throw unknownAddress(model.name());
    }
    Path path =
        address.startsWith("file:") ? Path.of(URI.create(address).getPath()) : Path.of(address);
    return new FileSource(model, new LocalFolder(relativeTo.resolve(path)), zone);
  }

  private static LoadException unknownAddress(String source) {
    return new LoadException(
        ErrorCode.CONFIGURATION_INVALID,
        "Cannot open source %s: found an address of another kind, expected a folder or s3a://bucket/prefix. Correct its key files in sources.yaml; sftp and https are not supported."
            .formatted(source));
  }

  /**
   * @throws LoadException {@code NOT_FOUND} for a missing folder or bucket, {@code
   *     CREDENTIALS_REFUSED}, {@code UNREACHABLE}, {@code SOURCE_DATA_UNREADABLE} for a file that
   *     makes no sense as a whole, {@code CONFIGURATION_INVALID} for kinds that do not mix
   */
  @Override
  public ExtractionPlan<FileSplit> plan(EntityRequest request) {
    FeedModel feed = feeds.get(request.entity());
    if (feed == null) {
      throw new IllegalArgumentException(request.entity() + " is not of this source");
    }
    List<FoundFile> present = present(feed);
    Map<String, String> read = request.bookmark();
    List<String> findings = new ArrayList<>();
    List<FoundFile> chosen = new ArrayList<>();
    for (FoundFile file : present) {
      boolean waits =
          date(feed, file).map(date -> date.isAfter(request.date().date())).orElse(false);
      if (!waits && !file.mark().equals(read.get(file.name()))) {
        if (FileKind.of(file.name()).isPresent()) {
          chosen.add(file);
        } else {
          findings.add(
              "%s was not read: its ending is unknown, expected %s"
                  .formatted(file.name(), FileKind.KNOWN));
        }
      }
    }
    if (feed.daily() && !arrived(feed, request, present, chosen)) {
      findings.add("no file for %s has arrived".formatted(request.date()));
    }
    FileHeaders headers = FileHeaders.read(folder, feed, chosen);
    return new ExtractionPlan<>(
        headers.format(),
        headers.columns(),
        List.of(),
        feed.cursor(),
        timezone,
        feed.match().stream().allMatch(FilePattern::isDated),
        headers.splits(),
        remembered(request.latestBookmark(), present),
        findings);
  }

  /** Files of a feed in the order of their names, which is the order of reading. */
  private List<FoundFile> present(FeedModel feed) {
    int depth = 0;
    for (FilePattern pattern : feed.match()) {
      depth = Math.max(depth, (int) pattern.text().chars().filter(c -> c == '/').count());
    }
    try {
      return folder.list(depth).stream()
          .filter(file -> !file.name().substring(file.name().lastIndexOf('/') + 1).startsWith("."))
          .filter(file -> feed.match().stream().anyMatch(p -> p.matches(file.name())))
          .sorted(Comparator.comparing(FoundFile::name))
          .toList();
    } catch (IOException e) {
      throw FileFailure.of("list the files of", feed.name().toString(), e);
    }
  }

  private static Optional<java.time.LocalDate> date(FeedModel feed, FoundFile file) {
    return feed.match().stream()
        .filter(pattern -> pattern.matches(file.name()))
        .findFirst()
        .flatMap(pattern -> pattern.date(file.name()));
  }

  private static boolean arrived(
      FeedModel feed, EntityRequest request, List<FoundFile> present, List<FoundFile> chosen) {
    for (FoundFile file : present) {
      Optional<java.time.LocalDate> date = date(feed, file);
      if (date.isPresent() ? date.get().equals(request.date().date()) : chosen.contains(file)) {
        return true;
      }
    }
    return false;
  }

  /** What is gone from the source need not be known any longer. */
  private static Map<String, String> remembered(
      Map<String, String> bookmark, List<FoundFile> present) {
    Map<String, String> kept = new HashMap<>();
    for (FoundFile file : present) {
      String mark = bookmark.get(file.name());
      if (mark != null) {
        kept.put(file.name(), mark);
      }
    }
    return kept;
  }

  @Override
  public SplitResult copy(FileSplit split, RawRowSink sink) {
    return copy.copy(split, sink);
  }
}
