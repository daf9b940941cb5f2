package dev.loadstar.lake;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.Column;
import dev.loadstar.lake.file.LakeFiles;
import dev.loadstar.lake.load.DataFile;
import dev.loadstar.lake.load.LoadFiles;
import dev.loadstar.lake.load.Loads;
import dev.loadstar.lake.load.ProcessedLoad;
import dev.loadstar.lake.load.RawLoad;
import dev.loadstar.lake.load.SetAsides;
import dev.loadstar.lake.parquet.RowReader;
import dev.loadstar.lake.parquet.RowWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** A Parquet lake: layers raw, processed and curated behind objects that make files count. */
public interface Lake {
  /** A random id that the lake got when it was first used, kept in {@code _lake.json}. */
  String id();

  LakeFiles files();

  Loads<RawLoad> raw();

  Loads<ProcessedLoad> processed();

  /** Raw loads that a person withdrew. */
  SetAsides setAsides();

  /** {@code raw/source=S/entity=E/business_date=D/load=ATTEMPT}. */
  static String rawFolder(EntityName entity, LocalDate date, String attempt) {
    return loadFolder("raw", entity, date, attempt);
  }

  /** {@code processed/source=S/entity=E/business_date=D/load=ATTEMPT}. */
  static String processedFolder(EntityName entity, LocalDate date, String attempt) {
    return loadFolder("processed", entity, date, attempt);
  }

  private static String loadFolder(
      String layer, EntityName entity, LocalDate date, String attempt) {
    return "%s/source=%s/entity=%s/business_date=%s/load=%s"
        .formatted(layer, entity.source(), entity.entity(), date, attempt);
  }

  /** A fresh random name for a folder of files that nothing else ever wrote to. */
  String newAttempt();

  RowWriter newWriter(String path, List<Column> columns);

  /** Opens a file for some of its columns. Types are those that the caller wants. */
  RowReader newReader(DataFile file, List<Column> columns);

  /** Opens files one after the other, in their order. */
  default RowReader newReader(LoadFiles files, List<Column> columns) {
    return new SuccessiveReader(files.iterator(), file -> newReader(file, columns));
  }

  /**
   * The Parquet files that somebody else, such as Spark, wrote into a fresh folder, with counts.
   */
  LoadFiles filesIn(String folder);

  /** Hadoop options that Spark needs to reach this lake; may hold secrets, so never log them. */
  Map<String, String> hadoopOptions();
}
