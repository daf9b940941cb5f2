package dev.loadstar.app;

import dev.loadstar.app.command.Loadstar;

/** The {@code loadstar} command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(Loadstar.run(args, System.getenv(), System.out, System.err));
  }
}
