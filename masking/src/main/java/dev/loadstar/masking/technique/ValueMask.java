package dev.loadstar.masking.technique;

import dev.loadstar.masking.key.KeyedHash;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDate;

/** A technique made ready for values. Thread safe. */
@FunctionalInterface
public interface ValueMask extends Serializable {
  /**
   * @param clear canonical text of a value, not null
   * @return the masked text, dates in ISO form; null when nothing is left
   */
  String apply(String clear);

  /**
   * @param technique any but tokenize, which needs the vault
   * @param hash of the key that masks; asked only by {@code hash}
   */
  static ValueMask of(Technique technique, NormalForm form, KeyedHash hash) {
    if (technique instanceof Technique.Hash) {
      return clear -> hash.hex(form.of(clear));
    } else if (technique instanceof Technique.Partial partial) {
      int keep = partial.keepLast();
      return clear -> partial(form.of(clear), keep);
    } else if (technique instanceof Technique.Redact) {
      return clear -> Technique.Redact.TEXT;
    } else if (technique instanceof Technique.Nullify) {
      return clear -> null;
    } else if (technique instanceof Technique.GeneralizeDate date) {
      Technique.GeneralizeDate.Unit unit = date.unit();
      return clear -> truncated(clear, unit);
    } else if (technique instanceof Technique.GeneralizePrefix prefix) {
      int characters = prefix.characters();
      return clear -> prefix(form.of(clear), characters);
    }
    throw new IllegalArgumentException(technique.word() + " is not a function of the value alone");
  }

  private static String partial(String value, int keep) {
    int length = value.codePointCount(0, value.length());
    if (length <= keep) {
      return "*".repeat(length);
    }
    return "*".repeat(length - keep) + value.substring(value.offsetByCodePoints(0, length - keep));
  }

  private static String prefix(String value, int characters) {
    int length = value.codePointCount(0, value.length());
    return length <= characters
        ? value
        : value.substring(0, value.offsetByCodePoints(0, characters));
  }

  private static String truncated(String clear, Technique.GeneralizeDate.Unit unit) {
    try {
      String text = clear.strip();
      LocalDate date = LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
      LocalDate month = date.withDayOfMonth(1);
      return switch (unit) {
        case MONTH -> month.toString();
        case YEAR -> month.withMonth(1).toString();
        case DECADE ->
            month
                .withMonth(1)
                .withYear(date.getYear() - Math.floorMod(date.getYear(), 10))
                .toString();
      };
    } catch (DateTimeException e) {
      return null; // not a date: in doubt nothing is shown
    }
  }
}
