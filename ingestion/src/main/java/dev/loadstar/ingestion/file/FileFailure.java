package dev.loadstar.ingestion.file;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.s3a.UnknownStoreException;

/** What a failed reading of files means. */
final class FileFailure {
  private FileFailure() {}

  /**
   * @param object feed, or feed and file
   */
  static LoadException of(String verb, String object, IOException e) {
    if (e instanceof UnreadableFileException unreadable) {
      return unreadable(verb, object, e.getMessage(), unreadable.expected(), e);
    }
    if (e instanceof EOFException || e instanceof ZipException) {
      return unreadable(verb, object, "it is cut off or damaged", "a whole file", e);
    }
    if (e instanceof UnknownStoreException) {
      return failure(
          ErrorCode.NOT_FOUND,
          verb,
          object,
          "there is no such bucket",
          "one",
          "Correct its address or create it.",
          e);
    }
    if (e instanceof AccessDeniedException
        || e instanceof org.apache.hadoop.security.AccessControlException) {
      return failure(
          ErrorCode.CREDENTIALS_REFUSED,
          verb,
          object,
          "access denied",
          "rights to list and read",
          "Check credentials and rights.",
          e);
    }
    if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
      return failure(
          ErrorCode.NOT_FOUND,
          verb,
          object,
          "it is not there",
          "an existing folder and its files",
          "Check its address, and that it is mounted.",
          e);
    }
    return failure(
        ErrorCode.UNREACHABLE,
        verb,
        object,
        "the storage failed (" + e.getClass().getSimpleName() + ")",
        "it to answer",
        "Check it and run again.",
        e);
  }

  static LoadException unreadable(
      String verb, String object, String found, String expected, Throwable cause) {
    return failure(
        ErrorCode.SOURCE_DATA_UNREADABLE,
        verb,
        object,
        found,
        expected,
        "Have it delivered again, or take it away.",
        cause);
  }

  private static LoadException failure(
      ErrorCode code,
      String verb,
      String object,
      String found,
      String expected,
      String action,
      Throwable cause) {
    return new LoadException(
        code,
        "Cannot %s %s: %s, expected %s. %s".formatted(verb, object, found, expected, action),
        cause);
  }
}
