package dev.loadstar.masking.technique;

import java.util.Locale;

/** What makes two spellings of a value the same value. Masks work on this form. */
public enum NormalForm {
  /** Blanks around it do not count. */
  STRIPPED {
    @Override
    public String of(String clear) {
      return clear.strip();
    }
  },
  /** Nor does upper case: e-mail and IP addresses. */
  LOWER_CASE {
    @Override
    public String of(String clear) {
      return clear.strip().toLowerCase(Locale.ROOT);
    }
  },
  /** Digits and a leading plus. */
  PHONE {
    @Override
    public String of(String clear) {
      return keep(clear, true, false);
    }
  },
  /** Letters and digits alone, in upper case: card numbers, IBANs, national ids. */
  COMPACT {
    @Override
    public String of(String clear) {
      return keep(clear, false, true);
    }
  };

  /**
   * @param clear not null
   */
  public abstract String of(String clear);

  private static String keep(String clear, boolean plus, boolean letters) {
    StringBuilder kept = new StringBuilder(clear.length());
    for (int i = 0; i < clear.length(); i++) {
      char c = clear.charAt(i);
      boolean leadingPlus = plus && c == '+' && kept.isEmpty();
      if (leadingPlus || Character.isDigit(c) || letters && Character.isLetter(c)) {
        kept.append(c);
      }
    }
    return letters ? kept.toString().toUpperCase(Locale.ROOT) : kept.toString();
  }
}
