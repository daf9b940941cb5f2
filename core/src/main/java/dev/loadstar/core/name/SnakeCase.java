package dev.loadstar.core.name;

import java.util.Locale;
import java.util.regex.Pattern;

/** The one spelling of names in the lake and the warehouse: {@code [a-z][a-z0-9_]*}. */
public final class SnakeCase {
  private static final Pattern VALID = Pattern.compile("[a-z_][a-z0-9_]*");
  private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");
  private static final Pattern ACRONYM = Pattern.compile("([A-Z]+)([A-Z][a-z])");
  private static final Pattern FOREIGN = Pattern.compile("[^a-z0-9_]+");

  private SnakeCase() {}

  public static boolean isValid(String name) {
    return VALID.matcher(name).matches();
  }

  /**
   * {@code CustomerID}, {@code customer id} and {@code Customer-Id} become {@code customer_id}; a
   * leading digit gets an underscore in front; a name with no usable character becomes {@code
   * column}.
   */
  public static String of(String name) {
    String humps =
        HUMP.matcher(ACRONYM.matcher(name.strip()).replaceAll("$1_$2")).replaceAll("$1_$2");
    String plain = FOREIGN.matcher(humps.toLowerCase(Locale.ROOT)).replaceAll("_");
    String single =
        plain.replaceAll("_{2,}", "_").replaceAll("(?<=.)_$", "").replaceAll("^_(?=[a-z])", "");
    if (single.isEmpty() || single.equals("_")) {
      return "column";
    }
    return Character.isDigit(single.charAt(0)) ? "_" + single : single;
  }
}
