package dev.loadstar.tables;

import dev.loadstar.lake.Lakes;
import dev.loadstar.tables.stored.LakeTables;
import dev.loadstar.testing.TestS3;
import java.nio.file.Path;

class S3RandomTablesIT extends RandomTablesContract {
  private final TestS3 s3 = TestS3.shared();

  @Override
  Tables fresh() {
    return LakeTables.of(
        Lakes.open("s3a://" + s3.freshBucket() + "/lake", Path.of(""), s3.hadoopOptions()));
  }

  @Override
  int histories() {
    return 2;
  }
}
