package dev.loadstar.ingestion.database;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.Column;
import dev.loadstar.ingestion.Split;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * One query.
 *
 * @param binds of {@code sql}, as JDBC takes them
 * @param bookmark the latest one; empty for none
 */
record TableSplit(
    EntityName entity,
    String sql,
    List<Serializable> binds,
    List<Column> columns,
    TableCursor cursor,
    String bookmark)
    implements Split {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return entity.toString();
  }

  Optional<TableCursor> findCursor() {
    return Optional.ofNullable(cursor);
  }
}
