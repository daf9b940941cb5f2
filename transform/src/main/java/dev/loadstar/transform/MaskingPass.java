package dev.loadstar.transform;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.Column;
import dev.loadstar.tables.spark.RowsFunction;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The door to masking, which is another module: standardized rows go in, masked rows come out. */
@FunctionalInterface
public interface MaskingPass {
  /**
   * @param standardized columns in snake_case; never of type {@code local_timestamp}
   * @param key columns that must stay comparable
   * @param digests columns whose changes must stay visible
   * @throws dev.loadstar.core.error.LoadException {@code CONFIGURATION_INVALID} when a rule does
   *     not fit a column
   */
  Plan plan(
      EntityName entity,
      List<Column> standardized,
      List<String> key,
      Set<String> digests,
      LocalDate businessDate);

  /** How one load is masked. */
  interface Plan {
    /** The columns afterwards, in order. */
    List<Column> columns();

    /** Columns that no classification names; not in {@link #columns()}. */
    List<String> withheld();

    /** Columns that have a change digest, in the order of the {@code _digests} struct. */
    List<String> digests();

    /** Columns that show what came in, of {@link #columns()}. */
    List<String> unmasked();

    /** Fingerprint of the key behind the digests. */
    String changeKey();

    /**
     * Narrow operations only. Columns that were not planned for are bookkeeping and pass as they
     * are; the result has {@code _digests} unless there are none.
     */
    Dataset<Row> apply(Dataset<Row> clear);

    /**
     * The same for plain rows, where it asks for nothing but the rows.
     *
     * @param clear the columns of the rows; those that were not planned for come first
     * @return what answers these, then {@link #columns()}, then {@link #digests()} (BIGINT); its
     *     answers are arrays of their own
     */
    Optional<RowsFunction> plain(List<Column> clear);
  }
}
