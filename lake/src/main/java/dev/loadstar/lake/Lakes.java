package dev.loadstar.lake;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.lake.file.FolderFiles;
import dev.loadstar.lake.file.LakeFiles;
import dev.loadstar.lake.file.S3Files;
import dev.loadstar.lake.json.JsonFormat;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Opens lakes. */
public final class Lakes {
  private static final String IDENTITY = "_lake.json";

  /** What makes a folder a lake. */
  private record Identity(String id) {}

  private Lakes() {}

  /**
   * Opens a lake, and founds it when nothing is there yet; a store that does not honour conditional
   * creation is refused then.
   *
   * @param address a folder, a {@code file:} URI or {@code s3a://bucket/prefix} ({@code s3://}
   *     means the same)
   * @param relativeTo where a relative folder begins
   * @param options Hadoop's S3A options, such as {@code fs.s3a.endpoint}; unused by a folder.
   *     Without credentials among them those count that the AWS SDK finds.
   * @throws LoadException {@code UNREACHABLE}, {@code CREDENTIALS_REFUSED}, {@code NOT_FOUND} for a
   *     missing bucket, {@code STORE_UNSUITABLE}, {@code CONFIGURATION_INVALID} for another kind of
   *     address
   */
  public static Lake open(String address, Path relativeTo, Map<String, String> options) {
    if (isOnS3(address)) {
      S3Files files = s3(address, options);
      Optional<byte[]> identity = files.read(IDENTITY);
      if (identity.isEmpty()) {
        files.requireConditionalCreation();
      }
      return new StoredLake(identify(files, identity), files, files.hadoopOptions());
    }
    FolderFiles files = new FolderFiles(folder(address, relativeTo));
    return new StoredLake(identify(files, files.read(IDENTITY)), files, Map.of());
  }

  /**
   * Opens a lake that was founded before, to look at it: writes nothing anywhere.
   *
   * @return empty when no lake was founded at this address
   * @throws LoadException as {@link #open}, except for {@code STORE_UNSUITABLE}
   */
  public static Optional<Lake> find(String address, Path relativeTo, Map<String, String> options) {
    if (isOnS3(address)) {
      S3Files files = s3(address, options);
      Optional<byte[]> identity = files.read(IDENTITY);
      if (identity.isEmpty()) {
        files.requireBucket();
      }
      return identity.map(known -> new StoredLake(id(known), files, files.hadoopOptions()));
    }
    FolderFiles files = new FolderFiles(folder(address, relativeTo));
    return files.read(IDENTITY).map(known -> new StoredLake(id(known), files, Map.of()));
  }

  private static boolean isOnS3(String address) {
    return address.startsWith("s3a://") || address.startsWith("s3://");
  }

  private static S3Files s3(String address, Map<String, String> options) {
    return S3Files.open(address.replaceFirst("^s3://", "s3a://"), options);
  }

  private static Path folder(String address, Path relativeTo) {
    if (address.startsWith("file:")) {
      return Path.of(URI.create(address).getPath());
    }
    if (address.isBlank() || address.contains("://")) {
      throw new LoadException(
          ErrorCode.CONFIGURATION_INVALID,
          "Cannot open the lake: found an address of another kind, expected a folder, file:/folder or s3a://bucket/prefix. Correct lake in loadstar.yaml.");
    }
    return relativeTo.resolve(address);
  }

  private static String identify(LakeFiles files, Optional<byte[]> known) {
    Optional<byte[]> content = known;
    if (content.isEmpty()) {
      byte[] fresh = JsonFormat.write(new Identity(UUID.randomUUID().toString()));
      boolean ours = files.createIfAbsent(IDENTITY, fresh) == LakeFiles.Creation.CREATED;
      content = ours ? Optional.of(fresh) : files.read(IDENTITY);
    }
    return id(content.orElseThrow());
  }

  private static String id(byte[] content) {
    Identity identity = JsonFormat.read(content, Identity.class, IDENTITY);
    if (identity.id() == null) {
      throw JsonFormat.damaged(IDENTITY, "it has no id", null);
    }
    return identity.id();
  }
}
