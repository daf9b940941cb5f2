package dev.loadstar.app.step;

import dev.loadstar.core.error.ErrorKind;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Extent;
import dev.loadstar.starschema.builder.RoomCheck;
import dev.loadstar.tables.TableShape;
import java.util.List;
import java.util.Map;

/**
 * Lets the warehouse say whether it has room, if this run knows one. A warehouse that is away or
 * not ready is for the load to deal with.
 */
record WarehouseRoom(Workspace in, Remarks remarks) implements RoomCheck {
  @Override
  public void require(List<TableShape> tables, Map<String, Map<String, Extent>> extents) {
    if (in.connections().warehouse().isEmpty()) {
      return;
    }
    try {
      in.warehouse().requireRoom(tables, extents);
    } catch (LoadException e) {
      if (e.code().kind() == ErrorKind.DATA) {
        throw e;
      }
      remarks.finding("the warehouse could not be asked for the widths of its columns");
    }
  }
}
