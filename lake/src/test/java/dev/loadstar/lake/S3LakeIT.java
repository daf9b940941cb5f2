package dev.loadstar.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.lake.file.S3Files;
import dev.loadstar.testing.TestS3;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class S3LakeIT extends LakeContract {
  private static final Path HERE = Path.of("");
  private final TestS3 s3 = TestS3.shared();

  @Override
  String freshAddress() {
    return "s3a://" + s3.freshBucket() + "/the/lake";
  }

  @Override
  Lake open(String address) {
    return Lakes.open(address, HERE, s3.hadoopOptions());
  }

  @Override
  Optional<Lake> find(String address) {
    return Lakes.find(address, HERE, s3.hadoopOptions());
  }

  @Override
  boolean isUntouched(String address) {
    String bucket = address.substring(0, address.indexOf("/the/lake"));
    return S3Files.open(bucket, s3.hadoopOptions()).list("").isEmpty();
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
  void aDeadEndpointIsCalledUnreachableWithoutTheMinutesOfPatienceThatS3AHas() {
    Assertions.assertTimeout(
        Duration.ofSeconds(90),
        () ->
            refused(Map.of("fs.s3a.endpoint", "http://127.0.0.1:1"), "any", ErrorCode.UNREACHABLE));
  }

  private void refused(Map<String, String> wrong, String bucket, ErrorCode expected) {
    Map<String, String> options = new HashMap<>(s3.hadoopOptions());
    options.putAll(wrong);
    String address = "s3a://" + bucket + "/lake";
    List<ThrowingCallable> calls =
        List.of(() -> Lakes.open(address, HERE, options), () -> Lakes.find(address, HERE, options));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isInstanceOfSatisfying(
              LoadException.class, e -> assertThat(e.code()).isEqualTo(expected))
          .hasMessageContaining(bucket)
          .hasMessageNotContaining("wrong");
    }
  }
}
