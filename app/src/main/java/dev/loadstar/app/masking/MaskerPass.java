package dev.loadstar.app.masking;

import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.type.Column;
import dev.loadstar.masking.spark.Masker;
import dev.loadstar.masking.spark.MaskingPlan;
import dev.loadstar.tables.spark.RowsFunction;
import dev.loadstar.transform.MaskingPass;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Puts masking behind transform's door. Thread safe. */
public record MaskerPass(Masker masker) implements MaskingPass {
  @Override
  public Plan plan(
      EntityName entity,
      List<Column> standardized,
      List<String> key,
      Set<String> digests,
      LocalDate businessDate) {
    return new Bridge(masker.plan(entity, standardized, key, digests, businessDate));
  }

  private record Bridge(MaskingPlan plan) implements Plan {
    @Override
    public List<Column> columns() {
      return plan.columns();
    }

    @Override
    public List<String> withheld() {
      return plan.withheld();
    }

    @Override
    public List<String> digests() {
      return plan.digests();
    }

    @Override
    public List<String> unmasked() {
      return plan.unmasked();
    }

    @Override
    public String changeKey() {
      return plan.changeKey();
    }

    @Override
    public Dataset<Row> apply(Dataset<Row> clear) {
      return plan.apply(clear);
    }

    @Override
    public Optional<RowsFunction> plain(List<Column> clear) {
      return plan.plain(clear);
    }
  }
}
