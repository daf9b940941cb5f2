package dev.loadstar.ingestion.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.parquet.io.InputFile;

/**
 * Where a source's files arrive. Thread safe.
 *
 * <p>Missing things are {@link java.io.FileNotFoundException} or {@link
 * java.nio.file.NoSuchFileException}, missing rights {@link java.nio.file.AccessDeniedException}.
 */
interface SourceFolder {
  /**
   * All files, in no order.
   *
   * @param depth how many folders deep to look, 0 for none
   */
  List<FoundFile> list(int depth) throws IOException;

  /** The file as it is now. */
  FoundFile look(String name) throws IOException;

  InputStream open(String name) throws IOException;

  InputFile openParquet(String name) throws IOException;
}
