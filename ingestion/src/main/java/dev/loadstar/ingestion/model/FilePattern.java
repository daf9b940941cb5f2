package dev.loadstar.ingestion.model;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern for file names below a source's folder, with {@code /} between folders: {@code *} is
 * any text without a slash, {@code {yyyyMMdd}} the business date, all else itself.
 */
public final class FilePattern {
  private static final Pattern PART = Pattern.compile("\\*|\\{([^{}]*)}");
  private static final Pattern DATE_LETTERS = Pattern.compile("[yMd._-]*");
  private final String text;
  private final Pattern names;
  private final Optional<DateTimeFormatter> date;

  private FilePattern(String text, Pattern names, Optional<DateTimeFormatter> date) {
    this.text = text;
    this.names = names;
    this.date = date;
  }

  /**
   * @throws IllegalArgumentException with a message for the person who wrote the pattern
   */
  public static FilePattern parse(String text) {
    StringBuilder regex = new StringBuilder();
    Optional<DateTimeFormatter> date = Optional.empty();
    Matcher part = PART.matcher(text);
    int end = 0;
    while (part.find()) {
      regex.append(Pattern.quote(text.substring(end, part.start())));
      end = part.end();
      if (part.group(1) == null) {
        regex.append("[^/]*");
        continue;
      }
      if (date.isPresent()) {
        throw new IllegalArgumentException("has two dates in braces; keep one");
      }
      date = Optional.of(formatter(part.group(1)));
      // Letters stand for digits, so the width is the pattern's own.
      regex
          .append("(?<date>")
          .append(part.group(1).replaceAll("[yMd]", "\\\\d").replace(".", "\\."))
          .append(")");
    }
    regex.append(Pattern.quote(text.substring(end)));
    if (text.isBlank() || text.startsWith("/") || text.contains("..")) {
      throw new IllegalArgumentException("must be a name below the source's folder");
    }
    return new FilePattern(text, Pattern.compile(regex.toString(), Pattern.DOTALL), date);
  }

  private static DateTimeFormatter formatter(String letters) {
    boolean whole = letters.contains("yyyy") && letters.contains("MM") && letters.contains("dd");
    String once = letters.replaceFirst("yyyy", "").replaceFirst("MM", "").replaceFirst("dd", "");
    if (!whole || !DATE_LETTERS.matcher(letters).matches() || once.matches(".*[yMd].*")) {
      throw new IllegalArgumentException(
          "braces hold a date only, such as {yyyyMMdd} or {yyyy-MM-dd}; for choices write a list of"
              + " patterns");
    }
    return DateTimeFormatter.ofPattern(letters.replace("yyyy", "uuuu"), Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  public String text() {
    return text;
  }

  /** Whether names carry their date. */
  public boolean isDated() {
    return date.isPresent();
  }

  /** Whether a name fits; one whose date is no day of the calendar does not. */
  public boolean matches(String name) {
    return names.matcher(name).matches() && (date.isEmpty() || date(name).isPresent());
  }

  /** The date in a name that fits; empty when the pattern has none. */
  public Optional<LocalDate> date(String name) {
    Matcher matcher = names.matcher(name);
    if (date.isEmpty() || !matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(matcher.group("date"), date.get()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
