package dev.loadstar.core.type;

import java.io.Serializable;

/**
 * A named, typed column. The name is as its place spells it: the source's in raw, snake_case after.
 */
public record Column(String name, ColumnType type) implements Serializable {
  public Column {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a column needs a name");
    }
  }
}
