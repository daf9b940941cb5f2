package dev.loadstar.transform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.xxhash64;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.Column;
import dev.loadstar.tables.spark.RowsFunction;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Masks nothing and withholds columns whose name begins with {@code secret}. */
final class OpenMasking implements MaskingPass {
  @Override
  public Plan plan(
      EntityName entity,
      List<Column> standardized,
      List<String> key,
      Set<String> digests,
      LocalDate businessDate) {
    List<Column> kept = standardized.stream().filter(c -> !c.name().startsWith("secret")).toList();
    List<String> withheld =
        standardized.stream().map(Column::name).filter(name -> name.startsWith("secret")).toList();
    List<String> digested = kept.stream().map(Column::name).filter(digests::contains).toList();
    return new Plan() {
      @Override
      public List<Column> columns() {
        return kept;
      }

      @Override
      public List<String> withheld() {
        return withheld;
      }

      @Override
      public List<String> digests() {
        return digested;
      }

      @Override
      public List<String> unmasked() {
        return kept.stream().map(Column::name).toList();
      }

      @Override
      public String changeKey() {
        return "test";
      }

      @Override
      public Optional<RowsFunction> plain(List<Column> clear) {
        List<String> names = clear.stream().map(Column::name).toList();
        List<String> all = new ArrayList<>(names);
        all.removeAll(standardized.stream().map(Column::name).toList());
        kept.forEach(column -> all.add(column.name()));
        RowsFunction open = rows -> RowsFunction.each(rows, row -> shown(row, names, all));
        return Optional.of(open);
      }

      private Object[] shown(Object[] row, List<String> names, List<String> all) {
        Object[] out = new Object[all.size() + digested.size()];
        for (int i = 0; i < all.size(); i++) {
          out[i] = row[names.indexOf(all.get(i))];
        }
        for (int i = 0; i < digested.size(); i++) {
          Object value = row[names.indexOf(digested.get(i))];
          out[all.size() + i] = (long) String.valueOf(value).hashCode();
        }
        return out;
      }

      @Override
      public Dataset<Row> apply(Dataset<Row> clear) {
        Dataset<Row> rows = clear.drop(withheld.toArray(String[]::new));
        if (digested.isEmpty()) {
          return rows;
        }
        return rows.withColumn(
            "_digests",
            struct(
                digested.stream()
                    .map(name -> xxhash64(col(name)).as(name))
                    .toArray(org.apache.spark.sql.Column[]::new)));
      }
    };
  }
}
