package dev.loadstar.core.yaml;

import dev.loadstar.core.secret.Reference;
import dev.loadstar.core.secret.References;
import dev.loadstar.core.type.ColumnType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One value, read by the type that its key declares and never by YAML 1.1's guesses: {@code NO},
 * {@code 012} and {@code 06:00} are text where text is wanted.
 */
public final class YamlScalar implements YamlNode {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
  private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d+)?)\\s*%");
  private final String text;
  private final boolean quoted;
  private final Location location;
  private final Problems problems;

  YamlScalar(String text, boolean quoted, Location location, Problems problems) {
    this.text = text;
    this.quoted = quoted;
    this.location = location;
    this.problems = problems;
  }

  /** As written, without quotes. */
  public String text() {
    return text;
  }

  boolean isEmpty() {
    return !quoted && (text.isEmpty() || text.equals("~"));
  }

  @Override
  public Location location() {
    return location;
  }

  @Override
  public String kind() {
    return isEmpty() ? "nothing" : "the value \"" + shown() + "\"";
  }

  /** A reference is fine to show; other text is cut, for it may be long. */
  private String shown() {
    return text.length() > 40 ? text.substring(0, 40) + "..." : text;
  }

  @Override
  public void problem(String message) {
    problems.add(location, message);
  }

  @Override
  public Optional<YamlMap> asMap() {
    return isEmpty()
        ? Optional.of(new YamlMap(Map.of(), location, problems))
        : YamlNode.super.asMap();
  }

  @Override
  public Optional<YamlList> asList() {
    List<YamlNode> items = isEmpty() ? List.of() : List.of(this);
    return Optional.of(new YamlList(items, location, problems));
  }

  @Override
  public Optional<YamlScalar> asScalar() {
    if (isEmpty()) {
      problem("expected a value, found nothing");
      return Optional.empty();
    }
    return Optional.of(this);
  }

  /** The text, which may hold references. */
  public Reference reference() {
    return new Reference(text, location);
  }

  /** A reference and nothing else: a secret in clear is a mistake, and is not repeated in it. */
  public Optional<Reference> secretReference() {
    if (References.isOnlyReference(text)) {
      return Optional.of(reference());
    }
    problem("a secret must not stand in YAML; write a reference such as ${env:NAME}");
    return Optional.empty();
  }

  public Optional<Boolean> bool() {
    return switch (text) {
      case "true", "yes" -> Optional.of(true);
      case "false", "no" -> Optional.of(false);
      default -> wrong("true or false");
    };
  }

  /** A whole number between two bounds, both included. */
  public Optional<Integer> integer(int from, int to) {
    try {
      int value = Integer.parseInt(text);
      if (value >= from && value <= to) {
        return Optional.of(value);
      }
    } catch (NumberFormatException e) {
      // falls through to the one message
    }
    return wrong("a whole number from " + from + " to " + to);
  }

  public Optional<BigDecimal> decimal() {
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return wrong("a number");
    }
  }

  /** {@code 90d 36h 5m 30s 200ms}. */
  public Optional<Duration> duration() {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return wrong("a duration such as 30s, 5m, 36h or 90d");
    }
    long n = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(n);
          case "s" -> Duration.ofSeconds(n);
          case "m" -> Duration.ofMinutes(n);
          case "h" -> Duration.ofHours(n);
          default -> Duration.ofDays(n);
        });
  }

  /** {@code 1%} as 0.01; from 0 to 100 per cent. */
  public Optional<BigDecimal> share() {
    Matcher matcher = SHARE.matcher(text);
    if (matcher.matches()) {
      BigDecimal share = new BigDecimal(matcher.group(1)).movePointLeft(2);
      if (share.compareTo(BigDecimal.ONE) <= 0) {
        return Optional.of(share);
      }
    }
    return wrong("a share such as 0.5% or 20%");
  }

  public Optional<LocalDate> date() {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      return wrong("a date such as 2026-01-31");
    }
  }

  public Optional<ZoneId> zone() {
    try {
      return Optional.of(ZoneId.of(text));
    } catch (DateTimeException e) {
      return wrong("a time zone such as Europe/Berlin or UTC");
    }
  }

  public Optional<ColumnType> columnType() {
    Optional<ColumnType> type = ColumnType.parse(text);
    return type.isPresent()
        ? type
        : wrong(
            "a type: text, boolean, int, bigint, double, date, timestamp, local_timestamp or decimal(18,2)");
  }

  /** One of a few words, each with what it stands for. */
  public <T> Optional<T> oneOf(Map<String, T> choices) {
    T value = choices.get(text);
    if (value == null) {
      problem("unknown value \"" + shown() + "\"" + Suggestion.among(text, choices.keySet()));
    }
    return Optional.ofNullable(value);
  }

  private <T> Optional<T> wrong(String wanted) {
    problem("expected " + wanted + ", found \"" + shown() + "\"");
    return Optional.empty();
  }
}
