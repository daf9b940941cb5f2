package dev.loadstar.lake;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import dev.loadstar.lake.file.LakeFiles;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.load.LoadFiles;
import dev.loadstar.lake.load.Loads;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.lake.load.SetAsides;
import dev.loadstar.lake.load.StoredLoads;
import dev.loadstar.lake.load.StoredSetAsides;
import dev.loadstar.lake.parquet.ParquetRows;
import dev.loadstar.lake.parquet.RowReader;
import dev.loadstar.lake.parquet.RowWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.parquet.io.InputFile;

/** A lake on any storage. Thread safe. */
final class StoredLake implements Lake {
  private final String id;
  private final LakeFiles files;
  private final Map<String, String> hadoopOptions;
  private final Loads<RawLoad> raw;
  private final Loads<ProcessedLoad> processed;
  private final SetAsides setAsides;

  StoredLake(String id, LakeFiles files, Map<String, String> hadoopOptions) {
    this.id = id;
    this.files = files;
    this.hadoopOptions = Map.copyOf(hadoopOptions);
    this.raw = new StoredLoads<>(files, "raw", RawLoad.class);
    this.processed = new StoredLoads<>(files, "processed", ProcessedLoad.class);
    this.setAsides = new StoredSetAsides(files, processed);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public LakeFiles files() {
    return files;
  }

  @Override
  public Loads<RawLoad> raw() {
    return raw;
  }

  @Override
  public Loads<ProcessedLoad> processed() {
    return processed;
  }

  @Override
  public SetAsides setAsides() {
    return setAsides;
  }

  @Override
  public String newAttempt() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  @Override
  public RowWriter newWriter(String path, List<Column> columns) {
    return ParquetRows.write(path, files.newOutput(path), () -> files.newInput(path), columns);
  }

  @Override
  public RowReader newReader(DataFile file, List<Column> columns) {
    return ParquetRows.read(file.path(), files.newInput(file.path()), columns);
  }

  @Override
  public LoadFiles filesIn(String folder) {
    return new LoadFiles(
        files.list(folder).parallelStream()
            .filter(name -> name.endsWith(".parquet") && !name.startsWith("_"))
            .map(name -> describe(folder + "/" + name))
            .toList());
  }

  private DataFile describe(String path) {
    InputFile input = files.newInput(path);
    try {
      return new DataFile(path, ParquetRows.count(path, input), input.getLength());
    } catch (IOException e) {
      throw new LoadException(
          ErrorCode.UNREACHABLE,
          "Cannot read %s: the storage failed, expected a file. Run again.".formatted(path),
          e);
    }
  }

  @Override
  public Map<String, String> hadoopOptions() {
    return hadoopOptions;
  }

  @Override
  public String toString() {
    return "lake " + files.uri("");
  }
}
