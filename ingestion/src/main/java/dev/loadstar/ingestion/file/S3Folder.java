package dev.loadstar.ingestion.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A prefix of a bucket. One that holds nothing is the same as an empty folder. */
final class S3Folder implements SourceFolder {
  private final FileSystem store;
  private final Path root;

  private S3Folder(FileSystem store, Path root) {
    this.store = store;
    this.root = root;
  }

  /**
   * @param address {@code s3a://bucket/prefix}
   * @param options S3A's options by their Hadoop names
   */
  static S3Folder open(String address, Map<String, String> options) throws IOException {
    Configuration configuration = new Configuration();
    options.forEach(configuration::set);
    URI uri = URI.create(address.endsWith("/") ? address : address + "/");
    // Not the cached one: another place in the same bucket may have other credentials.
    return new S3Folder(FileSystem.newInstance(uri, configuration), new Path(uri));
  }

  @Override
  public List<FoundFile> list(int depth) throws IOException {
    List<FoundFile> found = new ArrayList<>();
    try {
      RemoteIterator<LocatedFileStatus> files = store.listFiles(root, depth > 0);
      while (files.hasNext()) {
        found.add(found(files.next()));
      }
    } catch (UnknownStoreException e) {
      throw e;
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return found;
  }

  private FoundFile found(FileStatus status) {
    String path = status.getPath().toUri().getPath();
    String name = path.substring(root.toUri().getPath().length()).replaceFirst("^/+", "");
    return new FoundFile(name, status.getLen(), status.getModificationTime());
  }

  @Override
  public FoundFile look(String name) throws IOException {
    return found(store.getFileStatus(new Path(root, name)));
  }

  @Override
  public InputStream open(String name) throws IOException {
    return store.open(new Path(root, name));
  }

  @Override
  public InputFile openParquet(String name) throws IOException {
    return new Input(store, store.getFileStatus(new Path(root, name)));
  }

  /** Parquet's own class would look the file system up again, by address alone. */
  private record Input(FileSystem store, FileStatus status) implements InputFile {
    @Override
    public long getLength() {
      return status.getLen();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
      return HadoopStreams.wrap(store.open(status.getPath()));
    }
  }
}
