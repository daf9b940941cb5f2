package dev.loadstar.jdbc;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Tries again what failed because something was {@code UNREACHABLE}, with growing, jittered pauses.
 *
 * <p>{@code RUN_AHEAD} and {@code OUTCOME_UNKNOWN} are for a later run to settle, not for the same
 * call. Thread safe.
 */
public final class Retry {
  /**
   * How often and how patiently.
   *
   * @param attempts in all, at least 1
   * @param delay before the second attempt; doubled each time
   * @param maxDelay the longest pause
   */
  public record RetryPolicySettings(int attempts, Duration delay, Duration maxDelay) {
    public static final RetryPolicySettings DEFAULT =
        new RetryPolicySettings(4, Duration.ofSeconds(1), Duration.ofSeconds(10));

    public RetryPolicySettings {
      if (attempts < 1 || delay.isNegative() || delay.isZero() || maxDelay.compareTo(delay) <= 0) {
        throw new IllegalArgumentException("attempts >= 1 and 0 < delay < maxDelay are needed");
      }
    }

    /**
     * The pause after a failed attempt: doubled each time up to {@code maxDelay}, then a quarter
     * longer or shorter at random, so that callers that failed together do not return together.
     *
     * @param failed attempts so far, at least 1
     */
    public Duration pauseAfter(int failed) {
      double doubled = delay.toNanos() * Math.pow(2, failed - 1);
      double jitter = ThreadLocalRandom.current().nextDouble(0.75, 1.25);
      return Duration.ofNanos((long) (Math.min(doubled, maxDelay.toNanos()) * jitter));
    }
  }

  private final RetryPolicy<Object> policy;

  public Retry(RetryPolicySettings settings) {
    this.policy =
        RetryPolicy.builder()
            .handleIf(
                failure ->
                    failure instanceof LoadException load && load.code() == ErrorCode.UNREACHABLE)
            .withDelayFn(context -> settings.pauseAfter(context.getAttemptCount()))
            .withMaxRetries(settings.attempts() - 1)
            .build();
  }

  /** Runs {@code call}, again if need be; the last failure comes through as it was. */
  public <T> T call(Supplier<T> call) {
    try {
      return Failsafe.with(policy).get(call::get);
    } catch (FailsafeException e) { // a pause was interrupted
      Thread.currentThread().interrupt();
      throw new LoadException(
          ErrorCode.UNREACHABLE,
          "Cannot go on: the run was interrupted while waiting to try again. Run again.",
          e);
    }
  }
}
