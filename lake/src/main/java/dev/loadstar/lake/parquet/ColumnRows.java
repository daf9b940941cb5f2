package dev.loadstar.lake.parquet;

import dev.loadstar.core.type.Column;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Rows of a row group, read one column after the other. */
final class ColumnRows {
  private final String createdBy;
  private final int width;
  private final MessageType present;
  private final Object[] value = new Object[1];
  private final List<Integer> positions = new ArrayList<>();
  private final Converter[] converters;

  /** Has the reader read these columns from now on. */
  ColumnRows(String path, ParquetFileReader reader, List<Column> columns) {
    createdBy = reader.getFileMetaData().getCreatedBy();
    width = columns.size();
    MessageType file = reader.getFileMetaData().getSchema();
    List<Type> fields = new ArrayList<>();
    List<Converter> all = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (file.containsField(column.name())) {
        Type field = file.getType(column.name());
        fields.add(field);
        positions.add(i);
        all.add(new ValueConverter(value, 0, ParquetRows.decoder(path, field, column)));
      }
    }
    present = new MessageType(file.getName(), fields);
    converters = all.toArray(Converter[]::new);
    reader.setRequestedSchema(present);
  }

  /** All rows. */
  Object[][] of(PageReadStore group) {
    BitSet all = new BitSet();
    all.set(0, Math.toIntExact(group.getRowCount()));
    return of(group, all);
  }

  /** Some of the rows by their places, null where the file lacks a column. */
  Object[][] of(PageReadStore group, BitSet chosen) {
    Object[][] rows = new Object[chosen.cardinality()][width];
    ColumnReadStoreImpl store = new ColumnReadStoreImpl(group, root(), present, createdBy);
    for (int i = 0; i < positions.size(); i++) {
      var descriptor = present.getColumns().get(i);
      ColumnReader reader = store.getColumnReader(descriptor);
      int defined = descriptor.getMaxDefinitionLevel();
      int row = 0;
      for (int at = 0; row < rows.length; at++) {
        boolean there = reader.getCurrentDefinitionLevel() == defined;
        if (chosen.get(at)) {
          if (there) {
            reader.writeCurrentValueToConverter();
            rows[row][positions.get(i)] = value[0];
          }
          row++;
        } else if (there) {
          reader.skip();
        }
        reader.consume();
      }
    }
    return rows;
  }

  private GroupConverter root() {
    return new GroupConverter() {
      @Override
      public Converter getConverter(int field) {
        return converters[field];
      }

      @Override
      public void start() {}

      @Override
      public void end() {}
    };
  }
}
