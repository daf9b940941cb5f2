package dev.loadstar.core.yaml;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Collects every mistake, so that a person corrects a project in one go. Not thread safe. */
public final class Problems {
  /** One mistake: what was found, what was expected, the fix. Never a secret. */
  public record Problem(Location location, String message) {
    @Override
    public String toString() {
      return location + ": " + message;
    }
  }

  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing((Problem p) -> p.location().file())
          .thenComparing(p -> p.location().line())
          .thenComparing(p -> p.location().column());

  private final List<Problem> problems = new ArrayList<>();

  public void add(Location location, String message) {
    Problem problem = new Problem(location, message);
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /**
   * How many there are; compare before and after reading something to learn whether it was sound.
   */
  public int count() {
    return problems.size();
  }

  /** In the order of files and lines. */
  public List<Problem> all() {
    return problems.stream().sorted(BY_PLACE).toList();
  }

  /**
   * @throws LoadException that lists every problem, one a line, unless there is none
   */
  public void throwIfAny(ErrorCode code) {
    if (!problems.isEmpty()) {
      throw new LoadException(
          code, all().stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
  }
}
