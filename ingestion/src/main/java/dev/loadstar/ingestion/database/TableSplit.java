package dev.loadstar.ingestion.database;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.Column;
import dev.loadstar.ingestion.Split;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one load takes from a table, all in one state of it.
 *
 * @param select without conditions
 * @param from the table, quoted
 * @param conditions of the rows wanted, each of which must hold
 * @param binds of {@code conditions}, as JDBC takes them
 * @param inFull whether most of the table is wanted, so that reading it in parts may pay
 * @param bookmark the latest one; empty for none
 */
record TableSplit(
    EntityName entity,
    String select,
    String from,
    List<String> conditions,
    List<Serializable> binds,
    boolean inFull,
    List<Column> columns,
    TableCursor cursor,
    String bookmark)
    implements Split {
  private static final long serialVersionUID = 2L;

  TableSplit {
    conditions = List.copyOf(conditions);
    binds = List.copyOf(binds);
    columns = List.copyOf(columns);
  }

  @Override
  public String name() {
    return entity.toString();
  }

  Optional<TableCursor> findCursor() {
    return Optional.ofNullable(cursor);
  }

  String sql() {
    return conditions.isEmpty() ? select : select + " WHERE " + String.join(" AND ", conditions);
  }

  /**
   * @param condition what the part's rows meet besides
   */
  String sql(String condition) {
    List<String> all = new ArrayList<>(conditions);
    all.add(condition);
    return select + " WHERE " + String.join(" AND ", all);
  }
}
