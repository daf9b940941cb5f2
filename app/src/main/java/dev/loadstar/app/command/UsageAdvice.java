package dev.loadstar.app.command;

import dev.loadstar.core.yaml.Suggestion;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Finds the option or command that a person probably meant. */
final class UsageAdvice {
  private UsageAdvice() {}

  /**
   * {@code Unknown option --dat; did you mean "--date"?}, when a word is unknown and one is near.
   */
  static Optional<String> of(ParameterException e, String[] args) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    List<String> options = List.copyOf(spec.optionsMap().keySet());
    for (String arg : args) {
      String name = arg.replaceFirst("=.*", "");
      if (name.startsWith("--") && name.length() > 3 && !options.contains(name)) {
        String near = Suggestion.among(name, options);
        if (near.contains("did you mean")) {
          return Optional.of("Unknown option " + name + near);
        }
      }
    }
    return Optional.empty();
  }
}
