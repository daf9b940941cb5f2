package dev.loadstar.lake.parquet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Takes the wanted columns out of a file, each row into the same array. */
final class RowReadSupport extends ReadSupport<Object[]> {
  private final List<String> wanted;
  private final BiFunction<Integer, Type, ValueDecoder> decoders;

  /**
   * @param wanted column names, in the order of a row's values
   * @param decoders what turns a field of the file into values at a position of {@code wanted}
   */
  RowReadSupport(List<String> wanted, BiFunction<Integer, Type, ValueDecoder> decoders) {
    this.wanted = wanted;
    this.decoders = decoders;
  }

  @Override
  public ReadContext init(InitContext context) {
    MessageType file = context.getFileSchema();
    List<Type> present =
        file.getFields().stream().filter(field -> wanted.contains(field.getName())).toList();
    return new ReadContext(new MessageType(file.getName(), present));
  }

  @Override
  @SuppressWarnings("deprecation") // abstract, so it must be here
  public RecordMaterializer<Object[]> prepareForRead(
      Configuration configuration,
      Map<String, String> metadata,
      MessageType file,
      ReadContext context) {
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      positions.put(wanted.get(i), i);
    }
    Object[] row = new Object[wanted.size()];
    List<Type> fields = context.getRequestedSchema().getFields();
    Converter[] converters = new Converter[fields.size()];
    for (int i = 0; i < converters.length; i++) {
      int position = positions.get(fields.get(i).getName());
      ValueDecoder decoder = decoders.apply(position, fields.get(i));
      converters[i] = new ValueConverter(row, position, decoder);
    }
    return new Rows(row, converters);
  }

  private static final class Rows extends RecordMaterializer<Object[]> {
    private final Object[] row;
    private final GroupConverter root;

    Rows(Object[] row, Converter[] converters) {
      this.row = row;
      this.root =
          new GroupConverter() {
            @Override
            public Converter getConverter(int field) {
              return converters[field];
            }

            @Override
            public void start() {
              java.util.Arrays.fill(row, null);
            }

            @Override
            public void end() {}
          };
    }

    @Override
    public Object[] getCurrentRecord() {
      return row;
    }

    @Override
    public GroupConverter getRootConverter() {
      return root;
    }
  }
}
