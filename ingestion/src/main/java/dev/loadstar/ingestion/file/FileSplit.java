package dev.loadstar.ingestion.file;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.Column;
import dev.loadstar.ingestion.Split;
import dev.loadstar.lake.load.RecordFormat;
import java.util.List;

/**
 * One file.
 *
 * @param header the file's own columns; empty for JSON Lines
 * @param columns of the whole load; empty when it is one of JSON
 */
public record FileSplit(
    EntityName entity,
    FoundFile file,
    FileKind kind,
    char delimiter,
    RecordFormat format,
    List<String> header,
    List<Column> columns)
    implements Split {
  private static final long serialVersionUID = 1L;

  public FileSplit {
    header = List.copyOf(header);
    columns = List.copyOf(columns);
  }

  @Override
  public String name() {
    return file.name();
  }
}
