package dev.loadstar.app.report;

import java.util.Locale;

/** Builds a page; what is not written by us goes through {@link #text}. */
final class Html {
  private final StringBuilder page = new StringBuilder(1 << 14);

  Html raw(String markup) {
    page.append(markup);
    return this;
  }

  Html text(String text) {
    String safe = text == null ? "" : text;
    for (int i = 0; i < safe.length(); i++) {
      char c = safe.charAt(i);
      switch (c) {
        case '&' -> page.append("&amp;");
        case '<' -> page.append("&lt;");
        case '>' -> page.append("&gt;");
        case '"' -> page.append("&quot;");
        case '\'' -> page.append("&#39;");
        default -> page.append(c);
      }
    }
    return this;
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%,.1f s", seconds);
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
