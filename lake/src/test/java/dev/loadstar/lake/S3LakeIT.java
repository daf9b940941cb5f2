package dev.loadstar.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.testing.TestS3;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class S3LakeIT extends LakeContract {
  private static final Path HERE = Path.of("");
  private final TestS3 s3 = TestS3.shared();

  @Override
  Lake freshLake() {
    return Lakes.open("s3a://" + s3.freshBucket() + "/the/lake", HERE, s3.hadoopOptions());
  }

  @Override
  Lake another(Lake lake) {
    return Lakes.open(lake.files().uri(""), HERE, s3.hadoopOptions());
  }

  @Override
  int rounds() {
    return 10;
  }

  @Test
  void refusedCredentialsAreCalledSo() {
    refused(Map.of("fs.s3a.secret.key", "wrong"), s3.freshBucket(), ErrorCode.CREDENTIALS_REFUSED);
  }

  @Test
  void aMissingBucketIsCalledSo() {
    refused(Map.of(), "no-such-bucket", ErrorCode.NOT_FOUND);
  }

  @Test
  void aDeadEndpointIsCalledUnreachableWithinSeconds() {
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () ->
            refused(Map.of("fs.s3a.endpoint", "http://127.0.0.1:1"), "any", ErrorCode.UNREACHABLE));
  }

  private void refused(Map<String, String> wrong, String bucket, ErrorCode expected) {
    Map<String, String> options = new HashMap<>(s3.hadoopOptions());
    options.putAll(wrong);
    assertThatThrownBy(() -> Lakes.open("s3a://" + bucket + "/lake", HERE, options))
        .isInstanceOfSatisfying(LoadException.class, e -> assertThat(e.code()).isEqualTo(expected))
        .hasMessageContaining(bucket)
        .hasMessageNotContaining("wrong");
  }
}
