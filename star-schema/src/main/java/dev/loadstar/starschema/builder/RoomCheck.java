package dev.loadstar.starschema.builder;

import dev.loadstar.core.type.Extent;
import dev.loadstar.tables.TableShape;
import java.util.List;
import java.util.Map;

/**
 * Asks a warehouse, where one can be asked, whether it has room for what is about to be committed.
 */
@FunctionalInterface
public interface RoomCheck {
  RoomCheck NONE = (tables, extents) -> {};

  /**
   * @param tables the published tables of the candidate
   * @param extents how large the new values are, by table and column
   * @throws dev.loadstar.core.error.LoadException {@code WIDTH_EXCEEDED}; the candidate is given up
   */
  void require(List<TableShape> tables, Map<String, Map<String, Extent>> extents);
}
