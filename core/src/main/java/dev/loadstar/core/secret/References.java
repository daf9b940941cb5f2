package dev.loadstar.core.secret;

import dev.loadstar.core.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resolves {@link Reference}s. What is missing becomes a problem that names it, never a guess. */
public final class References {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([a-z]+):([^}]*)}");
  private static final Pattern ONLY_REFERENCE = Pattern.compile("\\s*\\$\\{[a-z]+:[^}]*}\\s*");

  private final Map<String, String> environment;

  /**
   * @param environment what {@code env:} sees; normally {@code System.getenv()}
   */
  public References(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Whether the text is one reference and nothing else, as a key that holds a secret must be. */
  public static boolean isOnlyReference(String text) {
    return ONLY_REFERENCE.matcher(text).matches();
  }

  /** The resolved text, or empty after adding a problem that names what is missing. */
  public Optional<String> text(Reference reference, Problems problems) {
    Matcher matcher = REFERENCE.matcher(reference.text());
    StringBuilder resolved = new StringBuilder();
    boolean complete = true;
    while (matcher.find()) {
      Optional<String> value = resolve(matcher.group(1), matcher.group(2), reference, problems);
      complete &= value.isPresent();
      matcher.appendReplacement(resolved, Matcher.quoteReplacement(value.orElse("")));
    }
    matcher.appendTail(resolved);
    return complete ? Optional.of(resolved.toString()) : Optional.empty();
  }

  /** The resolved secret, or empty after adding a problem that names what is missing. */
  public Optional<Secret> secret(Reference reference, Problems problems) {
    return text(reference, problems).map(Secret::new);
  }

  private Optional<String> resolve(
      String scheme, String target, Reference reference, Problems problems) {
    switch (scheme) {
      case "env" -> {
        int fallback = target.indexOf(":-");
        String name = fallback < 0 ? target : target.substring(0, fallback);
        String value = environment.get(name);
        if (value != null && !value.isEmpty()) {
          return Optional.of(value);
        }
        if (fallback >= 0) {
          return Optional.of(target.substring(fallback + 2));
        }
        problems.add(
            reference.location(),
            "environment variable %s is not set; set it, or give a default with ${env:%s:-default}"
                .formatted(name, name));
      }
      case "file" -> {
        try {
          return Optional.of(Files.readString(Path.of(target)).strip());
        } catch (IOException | java.nio.file.InvalidPathException e) {
          problems.add(
              reference.location(),
              "file %s cannot be read; create it or correct the path".formatted(target));
        }
      }
      default ->
          problems.add(
              reference.location(),
              "unknown reference \"${%s:...}\"; use ${env:NAME} or ${file:/path}"
                  .formatted(scheme));
    }
    return Optional.empty();
  }
}
