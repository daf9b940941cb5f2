package dev.loadstar.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.jdbc.Retry.RetryPolicySettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryTest {
  private final Retry retry =
      new Retry(new RetryPolicySettings(3, Duration.ofMillis(1), Duration.ofMillis(2)));
  private int calls;

  private int failing(int times, ErrorCode code) {
    if (++calls <= times) {
      throw new LoadException(code, "no");
    }
    return calls;
  }

  @Test
  void aServerThatComesBackIsReached() {
    assertThat(retry.<Integer>call(() -> failing(2, ErrorCode.UNREACHABLE))).isEqualTo(3);
  }

  @Test
  void attemptsEnd() {
    assertThatThrownBy(() -> retry.call(() -> failing(9, ErrorCode.UNREACHABLE)))
        .isInstanceOf(LoadException.class)
        .hasMessage("no");
    assertThat(calls).isEqualTo(3);
  }

  @Test
  void refusedCredentialsAreNotTriedAgain() {
    assertThatThrownBy(() -> retry.call(() -> failing(9, ErrorCode.CREDENTIALS_REFUSED)))
        .isInstanceOf(LoadException.class);
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void pausesDoubleUpToTheLongestWithAQuarterOfJitter() {
    RetryPolicySettings settings =
        new RetryPolicySettings(9, Duration.ofSeconds(1), Duration.ofSeconds(5));
    long[] seconds = {1, 2, 4, 5, 5};
    for (int failed = 1; failed <= seconds.length; failed++) {
      Duration middle = Duration.ofSeconds(seconds[failed - 1]);
      assertThat(settings.pauseAfter(failed))
          .isBetween(middle.multipliedBy(3).dividedBy(4), middle.multipliedBy(5).dividedBy(4));
    }
  }
}
