package dev.loadstar.transform;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.tables.spark.RowsFunction;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Types the rows of one partition. A rejected row keeps its pointer and gets a reason; its values
 * go no further. Layouts of rows are those of {@link RowShape}.
 */
final class StandardizeRows implements RowsFunction {
  private static final long serialVersionUID = 1L;

  private final String subject;
  private final boolean json;
  private final StandardColumn[] columns;
  private final int[] places;
  private final boolean[] required;
  private final String zone;

  /**
   * @param json whether the raw row holds one {@code _record}
   * @param key names of columns that must have a value
   */
  StandardizeRows(
      String subject,
      boolean json,
      Collection<StandardColumn> columns,
      Collection<String> key,
      ZoneId zone) {
    this.subject = subject;
    this.json = json;
    this.columns = columns.toArray(StandardColumn[]::new);
    this.zone = zone.getId();
    places = new int[this.columns.length];
    required = new boolean[this.columns.length];
    Set<String> keys = Set.copyOf(key);
    int next = 0;
    for (int i = 0; i < places.length; i++) {
      places[i] = this.columns[i].missing() ? -1 : next++;
      required[i] = keys.contains(this.columns[i].name());
    }
  }

  @Override
  public Iterator<Object[]> apply(Iterator<Object[]> raw) {
    ZoneId zoneId = ZoneId.of(zone);
    ValueReader[] readers = new ValueReader[columns.length];
    for (int i = 0; i < columns.length; i++) {
      readers[i] = new ValueReader(columns[i].raw(), columns[i].type(), zoneId);
    }
    List<String> fields =
        List.of(columns).stream().filter(c -> !c.missing()).map(StandardColumn::source).toList();
    JsonFields parser = json ? new JsonFields(fields) : null;
    return RowsFunction.each(
        raw,
        row -> {
          try {
            return standardized(row, readers, parser);
          } catch (RuntimeException e) {
            throw failed(row, e);
          }
        });
  }

  private Object[] standardized(Object[] row, ValueReader[] readers, JsonFields parser) {
    Object[] out = new Object[RowShape.STANDARD_HEAD + columns.length];
    for (int i = 0; i < RowShape.POINTER; i++) {
      out[i] = row[i];
    }
    if (row[RowShape.MALFORMED] != null) {
      return rejected(out, RejectionReason.MALFORMED_RECORD, null);
    }
    String[] record = null;
    if (parser != null) {
      Object text = row[RowShape.RAW_HEAD];
      record = text == null ? null : parser.read((String) text);
      if (record == null) {
        return rejected(out, RejectionReason.INVALID_JSON, null);
      }
    }
    for (int i = 0; i < columns.length; i++) {
      int place = places[i];
      Object value = null;
      if (place >= 0) {
        value = readers[i].read(record == null ? row[RowShape.RAW_HEAD + place] : record[place]);
      }
      if (value == null && required[i]) {
        value = RejectionReason.MISSING_KEY;
      }
      if (value instanceof RejectionReason reason) {
        return rejected(out, reason, columns[i].name());
      }
      out[RowShape.STANDARD_HEAD + i] = value;
    }
    return out;
  }

  private static Object[] rejected(Object[] out, RejectionReason reason, String column) {
    for (int i = RowShape.STANDARD_HEAD; i < out.length; i++) {
      out[i] = null;
    }
    out[RowShape.REASON] = reason.word();
    out[RowShape.REASON + 1] = column;
    return out;
  }

  /** The cause's message may hold a value, so only its class and its place are kept. */
  private LoadException failed(Object[] row, RuntimeException cause) {
    LoadException failure =
        new LoadException(
            ErrorCode.INTERNAL,
            "Cannot standardize %s: %s at row %s. Please report this."
                .formatted(subject, cause.getClass().getSimpleName(), row[1]));
    failure.setStackTrace(cause.getStackTrace());
    return failure;
  }
}
