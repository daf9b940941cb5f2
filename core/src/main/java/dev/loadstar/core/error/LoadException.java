package dev.loadstar.core.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The one exception that Loadstar throws on purpose.
 *
 * <p>Messages read <em>Cannot ‹verb› ‹object›: ‹found›, expected ‹wanted›. ‹Next action›.</em> and
 * never hold a row's value, a bind parameter or a secret. Causes are kept for the log's stack
 * trace; their messages may come from drivers and servers, so only {@link #getMessage()} of this
 * class is shown to people.
 */
public final class LoadException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final ErrorCode code;

  public LoadException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public LoadException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /**
   * One failure for several that came together: all their messages, each told once on a line of its
   * own, and the code of the kind that matters most, its lines first. So trying again is advised
   * only when it can help with all of them.
   *
   * @param failures at least one
   */
  public static LoadException all(Collection<LoadException> failures) {
    List<LoadException> sorted =
        failures.stream().sorted(Comparator.comparing(failure -> failure.code().kind())).toList();
    LoadException first = sorted.get(0);
    if (sorted.size() == 1) {
      return first;
    }
    LoadException all =
        new LoadException(
            first.code(),
            sorted.stream()
                .map(LoadException::getMessage)
                .distinct()
                .collect(Collectors.joining("\n")),
            first);
    sorted.stream().skip(1).forEach(all::addSuppressed);
    return all;
  }

  public ErrorCode code() {
    return code;
  }
}
