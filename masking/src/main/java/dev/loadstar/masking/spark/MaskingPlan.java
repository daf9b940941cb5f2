package dev.loadstar.masking.spark;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.type.Column;
import dev.loadstar.tables.spark.RowsFunction;
import dev.loadstar.tables.spark.SparkRows;
import dev.loadstar.tables.spark.SparkTypes;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** How one load of an entity is masked. Immutable, thread safe. */
public final class MaskingPlan {
  private final List<Column> columns;
  private final List<String> withheld;
  private final List<String> digests;
  private final List<String> unmasked;
  private final String changeKey;
  private final MaskingShape shape;
  private final MaskRows mask;

  MaskingPlan(
      List<Column> columns,
      List<String> withheld,
      List<String> digests,
      List<String> unmasked,
      String changeKey,
      MaskingShape shape,
      MaskRows mask) {
    this.columns = List.copyOf(columns);
    this.withheld = List.copyOf(withheld);
    this.digests = List.copyOf(digests);
    this.unmasked = List.copyOf(unmasked);
    this.changeKey = changeKey;
    this.shape = shape;
    this.mask = mask;
  }

  /** The columns afterwards, in order, with their masked types. */
  public List<Column> columns() {
    return columns;
  }

  /** Columns that no classification names; they are not in {@link #columns()}. */
  public List<String> withheld() {
    return withheld;
  }

  /** Columns that have a change digest. */
  public List<String> digests() {
    return digests;
  }

  /** Columns that no rule touches. */
  public List<String> unmasked() {
    return unmasked;
  }

  /** Fingerprint of the key behind the digests. */
  public String changeKey() {
    return changeKey;
  }

  /**
   * Masks rows by narrow operations alone: nothing clear is shuffled, spilled or logged.
   *
   * @param clear the standardized columns, and columns of bookkeeping, which pass as they are
   * @return those, {@link #columns()}, and {@code _digests} (a struct) unless there are none
   */
  public Dataset<Row> apply(Dataset<Row> clear) {
    Dataset<Row> masked =
        SparkRows.map(
            selected(clear),
            shape.masked(clear.schema()),
            mask.passing(shape.passing(clear.schema())));
    return masked.select(shape.result(clear.schema()));
  }

  /**
   * The same for plain rows, which need no Spark unless it has to decide on conditions or tokens
   * are asked for.
   *
   * @param clear the columns that rows have
   * @return what makes of them columns of bookkeeping, {@link #columns()} and then digests
   */
  public Optional<RowsFunction> plain(List<Column> clear) {
    StructType schema = SparkTypes.schema(clear);
    if (!shape.conditions().isEmpty() || !mask.isAlone()) {
      return Optional.empty();
    }
    List<String> names = clear.stream().map(Column::name).toList();
    int[] places = shape.taken(schema).stream().mapToInt(names::indexOf).toArray();
    MaskRows masked = mask.passing(shape.passing(schema));
    return Optional.of(rows -> masked.apply(taken(rows, places)));
  }

  /** Some values of each row, in an array that is valid until the next. */
  private static Iterator<Object[]> taken(Iterator<Object[]> rows, int[] places) {
    Object[] taken = new Object[places.length];
    return RowsFunction.each(
        rows,
        row -> {
          for (int i = 0; i < places.length; i++) {
            taken[i] = row[places[i]];
          }
          return taken;
        });
  }

  private Dataset<Row> selected(Dataset<Row> clear) {
    try {
      return clear.select(shape.selected(clear.schema()));
    } catch (Exception e) { // which Spark does not declare
      if (!(e instanceof AnalysisException)) {
        throw e;
      }
      throw new LoadException(
          ErrorCode.CONFIGURATION_INVALID,
          "Cannot use the conditions %s of masking/policies.yaml: expected Spark SQL over the entity's columns. Correct \"when\"."
              .formatted(shape.conditions()),
          e);
    }
  }
}
