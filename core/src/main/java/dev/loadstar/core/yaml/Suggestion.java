package dev.loadstar.core.yaml;

import java.util.Collection;
import java.util.Optional;

/** Finds the word a person probably meant. */
public final class Suggestion {
  private Suggestion() {}

  /** {@code ; did you mean "masking"?}, or the list of choices when nothing is close. */
  public static String among(String word, Collection<String> choices) {
    Optional<String> nearest = nearest(word, choices);
    if (nearest.isPresent()) {
      return "; did you mean \"" + nearest.get() + "\"?";
    }
    return choices.isEmpty()
        ? ""
        : "; expected one of: " + String.join(", ", choices.stream().sorted().toList());
  }

  /** As {@link #among}, at the end of a sentence: with its full stop, or the question mark. */
  public static String ending(String word, Collection<String> choices) {
    String words = among(word, choices);
    return words.endsWith("?") ? words : words + ".";
  }

  static Optional<String> nearest(String word, Collection<String> choices) {
    int limit = Math.max(1, word.length() / 3);
    String best = null;
    int bestDistance = limit + 1;
    for (String choice : choices) {
      int distance = distance(word, choice);
      if (distance < bestDistance) {
        best = choice;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Optimal string alignment: insertions, deletions, replacements and neighbours swapped. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
