package dev.loadstar.masking.policy;

import dev.loadstar.core.yaml.YamlMap;
import dev.loadstar.core.yaml.YamlScalar;
import dev.loadstar.masking.technique.Technique;
import dev.loadstar.masking.technique.Technique.GeneralizeDate.Unit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a technique with its options. */
final class TechniqueReader {
  private static final int DEFAULT_KEPT = 4;
  private static final int LONGEST_PREFIX = 20;
  private static final String GENERALIZE = "generalize";
  private static final String PARTIAL = "partial";
  private static final Map<String, Technique> PLAIN =
      Map.of(
          "hash",
          new Technique.Hash(),
          PARTIAL,
          new Technique.Partial(DEFAULT_KEPT),
          "redact",
          new Technique.Redact(),
          "nullify",
          new Technique.Nullify(),
          "tokenize",
          new Technique.Tokenize());

  private TechniqueReader() {}

  /** A technique as one word, with its defaults. */
  static Optional<Technique> read(YamlScalar word) {
    if (word.text().equals(GENERALIZE)) {
      word.problem("generalize needs \"to\": write { technique: generalize, to: year }");
      return Optional.empty();
    }
    Map<String, Technique> choices = new TreeMap<>(PLAIN);
    return word.oneOf(choices);
  }

  /** A technique as {@code technique: word} and its options beside it. */
  static Optional<Technique> read(YamlMap map) {
    Optional<YamlScalar> word = map.requireScalar("technique");
    if (word.isEmpty()) {
      return Optional.empty();
    }
    if (word.get().text().equals(GENERALIZE)) {
      return map.requireScalar("to").flatMap(TechniqueReader::generalize);
    }
    if (word.get().text().equals(PARTIAL)) {
      return map.has("keep_last")
          ? map.scalar("keep_last")
              .flatMap(n -> n.integer(0, Technique.Partial.MAX_KEPT))
              .map(Technique.Partial::new)
          : read(word.get());
    }
    Map<String, Technique> choices = new TreeMap<>(PLAIN);
    choices.put(GENERALIZE, new Technique.Redact()); // only for the suggestion
    return word.get().oneOf(choices);
  }

  private static Optional<Technique> generalize(YamlScalar to) {
    for (Unit unit : Unit.values()) {
      if (unit.name().toLowerCase(Locale.ROOT).equals(to.text())) {
        return Optional.of(new Technique.GeneralizeDate(unit));
      }
    }
    if (to.text().matches("\\d{1,2}")) {
      return to.integer(1, LONGEST_PREFIX).map(Technique.GeneralizePrefix::new);
    }
    to.problem("expected month, year, decade or a number of leading characters");
    return Optional.empty();
  }
}
