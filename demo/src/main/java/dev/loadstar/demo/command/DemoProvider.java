package dev.loadstar.demo.command;

import dev.loadstar.app.command.Call;
import dev.loadstar.app.command.CommandProvider;

/** Adds {@code loadstar demo}. */
public final class DemoProvider implements CommandProvider {
  @Override
  public Object command(Call call) {
    return new DemoCommand(call);
  }
}
