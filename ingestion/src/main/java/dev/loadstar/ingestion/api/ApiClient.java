package dev.loadstar.ingestion.api;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RateLimiter;
import dev.failsafe.RetryPolicy;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import dev.loadstar.core.secret.Secret;
import dev.loadstar.jdbc.Retry.RetryPolicySettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks one API, as fast as it allows, and again when that can help: after 408, 429, 5xx, broken
 * connections and timeouts, with growing pauses or the one that {@code Retry-After} asks for.
 * Redirects are not followed, so that credentials stay with the server they are for. Thread safe.
 */
final class ApiClient {
  /** A server that wants to be left alone for longer is for a later run. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Carries the pause that the server asked for up to the policy. */
  private static final class TryAgain extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient LoadException failure;
    private final transient Optional<Duration> pause;

    TryAgain(LoadException failure, Optional<Duration> pause) {
      super(failure);
      this.failure = failure;
      this.pause = pause;
    }
  }

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();
  private final Map<String, Secret> headers;
  private final Duration timeout;
  private final RetryPolicy<Answer> retry;
  private final Optional<RateLimiter<Object>> rate;

  /**
   * @param headers sent with every request; values may be secret
   * @param perSecond requests at most
   * @param timeout for one whole answer
   */
  ApiClient(
      Map<String, Secret> headers,
      OptionalDouble perSecond,
      RetryPolicySettings settings,
      Duration timeout) {
    this.headers = Map.copyOf(headers);
    this.timeout = timeout;
    rate =
        perSecond.isPresent()
            ? Optional.of(
                RateLimiter.smoothBuilder(Duration.ofNanos((long) (1e9 / perSecond.getAsDouble())))
                    .build())
            : Optional.empty();
    retry =
        RetryPolicy.<Answer>builder()
            .handle(TryAgain.class)
            .withMaxRetries(settings.attempts() - 1)
            .withDelayFn(
                context -> {
                  Duration own = settings.pauseAfter(context.getAttemptCount());
                  return context.getLastException() instanceof TryAgain again
                      ? again.pause.orElse(own)
                      : own;
                })
            .build();
  }

  /**
   * @param what is asked for, for messages, which name no more of the address than host and path
   */
  Answer get(URI uri, String what) {
    String object = what + " from " + uri.getHost() + uri.getPath();
    try {
      return Failsafe.with(retry).get(() -> once(uri, object));
    } catch (TryAgain e) {
      throw e.failure;
    } catch (FailsafeException e) {
      Thread.currentThread().interrupt();
      throw interrupted(object);
    }
  }

  private Answer once(URI uri, String object) {
    HttpRequest request = request(uri, object);
    CompletableFuture<HttpResponse<byte[]>> answer = null;
    try {
      if (rate.isPresent()) {
        rate.get().acquirePermit();
      }
      // The request's own timeout ends with the headers; a body that stalls must not hang a night.
      answer = http.sendAsync(request, BodyHandlers.ofByteArray());
      HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      requireSuccess(response, object);
      return new Answer(response.body(), response.headers().allValues("link"));
    } catch (TimeoutException e) {
      boolean unused = answer.cancel(true);
      String found = "no answer within %d s".formatted(timeout.toSeconds());
      throw new TryAgain(
          failure(ErrorCode.UNREACHABLE, object, found, "Run again.", null), Optional.empty());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof IOException)) {
        throw failure(
            ErrorCode.INTERNAL, object, "an unexpected failure", "Please report this.", e);
      }
      String found = "the connection failed (" + e.getCause().getClass().getSimpleName() + ")";
      throw new TryAgain(
          failure(
              ErrorCode.UNREACHABLE,
              object,
              found,
              "Check address and network and run again.",
              e.getCause()),
          Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(object);
    }
  }

  private HttpRequest request(URI uri, String object) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "application/json");
    headers.forEach(
        (name, value) -> {
          try {
            request.setHeader(name, value.reveal());
          } catch (IllegalArgumentException e) { // its message may hold the value
            throw failure(
                ErrorCode.CONFIGURATION_INVALID,
                object,
                "header %s cannot be sent".formatted(name),
                "Correct its name and value in sources.yaml.",
                null);
          }
        });
    return request.build();
  }

  private static void requireSuccess(HttpResponse<byte[]> response, String object) {
    int status = response.statusCode();
    if (status == 200) {
      return;
    }
    String found = "status " + status;
    if (status == 401 || status == 403) {
      throw failure(
          ErrorCode.CREDENTIALS_REFUSED,
          object,
          found,
          "Check the source's credentials and rights.",
          null);
    }
    if (status == 404 || status == 410) {
      throw failure(
          ErrorCode.NOT_FOUND, object, found, "Correct the endpoint's path or paging.", null);
    }
    if (status == 408 || status == 429 || status >= 500) {
      Optional<Duration> pause = retryAfter(response);
      LoadException failure =
          failure(ErrorCode.UNREACHABLE, object, found, "Run again later.", null);
      if (pause.isPresent() && pause.get().compareTo(LONGEST_PAUSE) > 0) {
        throw failure;
      }
      throw new TryAgain(failure, pause);
    }
    throw failure(
        ErrorCode.CONFIGURATION_INVALID,
        object,
        found,
        "Correct the source's address and the endpoint's path.",
        null);
  }

  /** In seconds or as a date, which is measured by the server's own clock. */
  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    Optional<String> after = response.headers().firstValue("retry-after").map(String::strip);
    if (after.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (after.get().matches("[0-9]{1,9}")) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(after.get())));
      }
      Optional<String> now = response.headers().firstValue("date");
      if (now.isPresent()) {
        Duration pause = Duration.between(date(now.get()), date(after.get()));
        return Optional.of(pause.isNegative() ? Duration.ZERO : pause);
      }
    } catch (DateTimeException e) {
      return Optional.empty(); // then our own pauses count
    }
    return Optional.empty();
  }

  private static ZonedDateTime date(String text) {
    return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
  }

  private static LoadException interrupted(String object) {
    return failure(ErrorCode.UNREACHABLE, object, "the run was interrupted", "Run again.", null);
  }

  private static LoadException failure(
      ErrorCode code, String object, String found, String action, Throwable cause) {
    return new LoadException(
        code,
        "Cannot read %s: %s, expected an answer with status 200. %s"
            .formatted(object, found, action),
        cause);
  }
}
