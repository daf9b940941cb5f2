package dev.loadstar.ingestion;

import dev.loadstar.ingestion.api.APISource;
import dev.loadstar.ingestion.database.DatabaseSource;
import dev.loadstar.ingestion.file.FileSource;
import dev.loadstar.ingestion.model.ApiSourceModel;
import dev.loadstar.ingestion.model.DatabaseSourceModel;
import dev.loadstar.ingestion.model.FileSourceModel;
import dev.loadstar.ingestion.model.SourceModel;
import dev.loadstar.jdbc.Retry.RetryPolicySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

/** Opens the adapter of each kind of source. Thread safe. */
public final class SourceAdapters {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  private final ResolvedReferences references;
  private final Path projectFolder;
  private final ZoneId timezone;
  private final Map<String, String> s3Options;

  /**
   * @param projectFolder where relative folders of files begin
   * @param timezone of sources that name none
   * @param s3Options S3A's options by their Hadoop names, for files on S3; may hold secrets
   */
  public SourceAdapters(
      ResolvedReferences references,
      Path projectFolder,
      ZoneId timezone,
      Map<String, String> s3Options) {
    this.references = references;
    this.projectFolder = projectFolder;
    this.timezone = timezone;
    this.s3Options = Map.copyOf(s3Options);
  }

  /**
   * Opens a source; databases and APIs are not asked anything yet.
   *
   * @throws dev.loadstar.core.error.LoadException {@code SECRET_MISSING}, {@code
   *     CONFIGURATION_INVALID}, and for files on S3 what opening a bucket may end in
   */
  public SourceAdapter<?> of(SourceModel source) {
    if (source instanceof DatabaseSourceModel database) {
      return new DatabaseSource(database, references);
    }
    if (source instanceof ApiSourceModel api) {
      return APISource.open(api, references, timezone, RetryPolicySettings.DEFAULT, ANSWER_TIMEOUT);
    }
    FileSourceModel files = (FileSourceModel) source;
    return FileSource.open(
        files, references.text(files.address()), projectFolder, timezone, s3Options);
  }
}
