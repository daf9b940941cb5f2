package dev.loadstar.lake.file;

import java.util.List;
import java.util.Optional;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;

/**
 * The storage under a lake: a folder or an S3 prefix. Paths are relative to it, with {@code /}.
 * Thread safe. An unreachable store is {@code UNREACHABLE}, refused credentials are {@code
 * CREDENTIALS_REFUSED}.
 */
public interface LakeFiles {
  /** What a conditional creation did. */
  enum Creation {
    CREATED,
    /** Somebody else's object stands there; ours, after a lost reply, counts as CREATED. */
    EXISTS
  }

  /** Writes a small object whole and only if nothing stands there; atomic against every racer. */
  Creation createIfAbsent(String path, byte[] content);

  /** Writes a small object, replacing what stands there. For reports, never for what counts. */
  void write(String path, byte[] content);

  Optional<byte[]> read(String path);

  /** Deletes a file; one that is not there is no failure. */
  void delete(String path);

  /**
   * Names of the objects and folders directly in a folder, sorted, without those that begin with a
   * dot; empty when there is no such folder.
   */
  List<String> list(String folder);

  /**
   * Every file below a folder, with those that others left beside ours; empty when there is no such
   * folder. For tidying up, never to find what counts.
   */
  List<StoredFile> walk(String folder);

  /** What Spark calls the path: {@code file:///…} or {@code s3a://…}. */
  String uri(String path);

  OutputFile newOutput(String path);

  InputFile newInput(String path);
}
