package dev.loadstar.ingestion.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.secret.Reference;
import dev.loadstar.core.time.BusinessDate;
import dev.loadstar.core.type.Column;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.core.yaml.Location;
import dev.loadstar.ingestion.EntityRequest;
import dev.loadstar.ingestion.ExtractionPlan;
import dev.loadstar.ingestion.SingleRows;
import dev.loadstar.ingestion.model.FeedModel;
import dev.loadstar.ingestion.model.FilePattern;
import dev.loadstar.ingestion.model.FileSourceModel;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.Lakes;
import dev.loadstar.lake.parquet.RowWriter;
import dev.loadstar.testing.TestS3;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class S3FileSourceIT {
  private static final EntityName SALES = EntityName.parse("tills.sales");
  private final TestS3 s3 = TestS3.shared();
  private final String bucket = s3.freshBucket();

  @Test
  void objectsBelowAPrefixAreReadAsFilesAre() {
    lake("in").files().write("2026/sales_20260302.csv", "id\n1\n".getBytes(StandardCharsets.UTF_8));
    lake("in").files().write("other.csv", "id\n9\n".getBytes(StandardCharsets.UTF_8));

    assertThat(rows("in", "*/sales_{yyyyMMdd}.csv"))
        .containsExactly("2026/sales_20260302.csv:1 [1]");
  }

  @Test
  void parquetIsReadFromABucket() {
    List<Column> columns = List.of(new Column("id", Simple.INT));
    try (RowWriter writer = lake("in").newWriter("sales_20260302.parquet", columns)) {
      writer.write(new Object[] {5});
      assertThat(writer.finish().rows()).isEqualTo(1);
    }

    assertThat(rows("in", "sales_{yyyyMMdd}.parquet"))
        .containsExactly("sales_20260302.parquet:1 [5]");
  }

  @Test
  void anEmptyPrefixIsAnEmptyLoadButAMissingBucketIsAnError() {
    assertThat(rows("nothing", "sales_{yyyyMMdd}.csv")).isEmpty();
    LoadException failure =
        catchThrowableOfType(
            LoadException.class,
            () -> source("s3a://no-such-bucket-here/in", "x.csv").plan(request()));
    assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(failure).hasMessageContaining("there is no such bucket");
  }

  private Lake lake(String prefix) {
    return Lakes.open("s3a://" + bucket + "/" + prefix, Path.of("."), s3.hadoopOptions());
  }

  private List<String> rows(String prefix, String match) {
    FileSource source = source("s3a://" + bucket + "/" + prefix, match);
    ExtractionPlan<FileSplit> plan = source.plan(request());
    List<String> rows = new ArrayList<>();
    for (FileSplit split : plan.splits()) {
      assertThat(
              source
                  .copy(
                      split,
                      new SingleRows(
                          (origin, row, malformed, values) ->
                              rows.add(origin + ":" + row + " " + Arrays.toString(values))))
                  .bookmark())
          .containsKey(split.name());
    }
    return rows;
  }

  private FileSource source(String address, String match) {
    Location here = Location.of("sources.yaml");
    FeedModel feed =
        new FeedModel(
            SALES,
            true,
            List.of(),
            Map.of(),
            Optional.empty(),
            List.of(FilePattern.parse(match)),
            false,
            ',',
            here);
    FileSourceModel model =
        new FileSourceModel(
            "tills", Optional.empty(), new Reference(address, here), List.of(feed), here);
    return FileSource.open(model, address, Path.of("."), ZoneOffset.UTC, s3.hadoopOptions());
  }

  private static EntityRequest request() {
    return new EntityRequest(
        SALES,
        new BusinessDate(LocalDate.of(2026, 3, 2), ZoneOffset.UTC),
        Optional.empty(),
        Optional.empty(),
        false);
  }
}
