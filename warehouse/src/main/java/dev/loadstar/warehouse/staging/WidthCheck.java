package dev.loadstar.warehouse.staging;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.core.type.Extent;
import dev.loadstar.jdbc.SourceColumn;
import dev.loadstar.jdbc.TableInfo;
import dev.loadstar.tables.ColumnRole;
import dev.loadstar.tables.TableColumn;
import dev.loadstar.tables.TableShape;
import dev.loadstar.warehouse.WarehouseTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares how large values are with the room of the tables that migrations made. Whether a type
 * fits is {@link SchemaCheck}'s question; here a column narrower than its type is wrong only when a
 * value needs more, for nobody declares every width twice.
 *
 * <p>A server finds such values, too, but late, and names neither table nor column.
 */
public final class WidthCheck {
  /** The longer name of the two special rows, which stands in every text of a dimension. */
  static final String SPECIAL = "Not applicable";

  private final WarehouseTarget target;

  public WidthCheck(WarehouseTarget target) {
    this.target = target;
  }

  /**
   * Reads the catalogue and nothing else; needs no lock. What the warehouse lacks is passed over.
   *
   * @param extents what the values to be loaded need, by table and column; a column that is missing
   *     needs no room, or only that of the special rows
   * @throws LoadException {@code WIDTH_EXCEEDED} that lists everything that does not fit
   */
  public void require(
      Connection connection,
      Collection<TableShape> shapes,
      Map<String, Map<String, Extent>> extents)
      throws SQLException {
    List<String> misfits = new ArrayList<>();
    for (TableShape shape : shapes) {
      if (shape.published()) {
        String name = target.schemas().get("dw") + "." + shape.name();
        Optional<TableInfo> table = target.database().engine().table(connection, name);
        if (table.isPresent()) {
          Map<String, Extent> needed = extents.getOrDefault(shape.name(), Map.of());
          misfits.addAll(misfits(name, shape, table.get(), needed));
        }
      }
    }
    if (!misfits.isEmpty()) {
      throw new LoadException(
          ErrorCode.WIDTH_EXCEEDED,
          "Cannot load %s: values are wider than their columns, expected room for each:\n  %s\nWiden"
                  .formatted(target.database(), String.join("\n  ", misfits))
              + " the columns by a migration, run \"loadstar db migrate\" and run again.");
    }
  }

  /** A line per column and size that does not fit, in the order of the shape's columns. */
  static List<String> misfits(
      String name, TableShape shape, TableInfo table, Map<String, Extent> extents) {
    List<String> misfits = new ArrayList<>();
    for (TableColumn column : shape.publishedColumns()) {
      Optional<SourceColumn> found = table.column(column.name());
      if (found.isPresent()) {
        Extent measured = extents.getOrDefault(column.name(), Extent.NONE);
        String special = "";
        if (namesSpecialRows(shape, column) && measured.characters() <= SPECIAL.length()) {
          measured =
              measured.and(
                  Extent.NONE.withCharacters(SPECIAL.length(), 'z').withBytes(SPECIAL.length()));
          special = " (for the row \"" + SPECIAL + "\")";
        }
        String there = special + ", found " + found.get().declared();
        lacks(measured, found.get().room())
            .forEach(l -> misfits.add(name + "." + column.name() + " needs " + l + there));
      }
    }
    return misfits;
  }

  private static boolean namesSpecialRows(TableShape shape, TableColumn column) {
    return shape.kind() == TableShape.Kind.DIMENSION
        && column.role() == ColumnRole.ATTRIBUTE
        && column.type() == Simple.TEXT;
  }

  private static List<String> lacks(Extent needed, Extent room) {
    List<String> lacks = new ArrayList<>();
    if (needed.characters() > room.characters()) {
      lacks.add(needed.characters() + " characters");
    }
    if (needed.bytes() > room.bytes()) {
      lacks.add(needed.bytes() + " bytes");
    }
    if (needed.highestCharacter() > room.highestCharacter()) {
      lacks.add("characters beyond U+%04X".formatted(room.highestCharacter()));
    }
    if (needed.integerDigits() > room.integerDigits()) {
      lacks.add(needed.integerDigits() + " digits before the point");
    }
    if (needed.integerBits() > room.integerBits()) {
      lacks.add("integers of " + needed.integerBits() + " bits");
    }
    if (needed.negative() && !room.negative()) {
      lacks.add("negative numbers");
    }
    if (needed.secondDigits() > room.secondDigits()) {
      lacks.add(needed.secondDigits() + " digits of a second");
    }
    return lacks;
  }
}
