package dev.loadstar.app.command;

/**
 * Adds a command to {@code loadstar} from another jar, found by {@link java.util.ServiceLoader}.
 */
public interface CommandProvider {
  /** A picocli command: {@code Callable<Integer>}, with {@code call} as a mixin. */
  Object command(Call call);
}
