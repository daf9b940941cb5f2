package dev.loadstar.tables;

import dev.loadstar.lake.Lakes;
import dev.loadstar.tables.stored.LakeTables;
import dev.loadstar.testing.TestS3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;

class S3TablesIT extends TablesContract {
  private final TestS3 s3 = TestS3.shared();

  private Tables open(String address) {
    return LakeTables.of(Lakes.open(address, Path.of(""), s3.hadoopOptions()));
  }

  private static String address(Tables tables) {
    return ((LakeTables) tables).lake().files().uri("");
  }

  @Override
  public Tables fresh() {
    return open("s3a://" + s3.freshBucket() + "/the/lake");
  }

  @Override
  public Tables copyOf(Tables tables) {
    String copy = "s3a://" + s3.freshBucket() + "/a/backup";
    Configuration options = new Configuration();
    s3.hadoopOptions().forEach(options::set);
    org.apache.hadoop.fs.Path from = new org.apache.hadoop.fs.Path(address(tables));
    org.apache.hadoop.fs.Path to = new org.apache.hadoop.fs.Path(copy);
    try {
      FileUtil.copy(
          from.getFileSystem(options), from, to.getFileSystem(options), to, false, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return open(copy);
  }

  @Override
  public Tables another(Tables tables) {
    return open(address(tables));
  }
}
