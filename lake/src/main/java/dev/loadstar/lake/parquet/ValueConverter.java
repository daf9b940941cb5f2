package dev.loadstar.lake.parquet;

import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/** Puts a column's values into their place in the row; those of a dictionary are decoded once. */
final class ValueConverter extends PrimitiveConverter {
  private final Object[] row;
  private final int position;
  private final ValueDecoder decoder;
  private Object[] dictionary;

  ValueConverter(Object[] row, int position, ValueDecoder decoder) {
    this.row = row;
    this.position = position;
    this.decoder = decoder;
  }

  @Override
  public boolean hasDictionarySupport() {
    return true;
  }

  @Override
  public void setDictionary(Dictionary source) {
    dictionary = new Object[source.getMaxId() + 1];
    for (int i = 0; i < dictionary.length; i++) {
      dictionary[i] = decoder.fromDictionary(source, i);
    }
  }

  @Override
  public void addValueFromDictionary(int id) {
    row[position] = dictionary[id];
  }

  @Override
  public void addBinary(Binary value) {
    row[position] = decoder.of(value);
  }

  @Override
  public void addBoolean(boolean value) {
    row[position] = value;
  }

  @Override
  public void addInt(int value) {
    row[position] = decoder.of(value);
  }

  @Override
  public void addLong(long value) {
    row[position] = decoder.of(value);
  }

  @Override
  public void addFloat(float value) {
    row[position] = decoder.of(value);
  }

  @Override
  public void addDouble(double value) {
    row[position] = value;
  }
}
