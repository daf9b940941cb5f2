package dev.loadstar.app.console;

import dev.loadstar.app.step.Progress;
import dev.loadstar.app.step.Step;
import dev.loadstar.app.step.StepNote;
import java.util.Locale;

/** Tells of a night on stderr: a line per step, and on a terminal what it is at. Thread safe. */
public final class ConsoleProgress implements Progress {
  private static final String CLEAR = "\r\u001b[K";
  private static final int WIDTH = 20;
  private final Console console;
  private int expected;
  private int finished;

  public ConsoleProgress(Console console) {
    this.console = console;
  }

  @Override
  public synchronized void begin(Step step, int parts) {
    expected = parts;
    finished = 0;
    show(step, "");
  }

  @Override
  public synchronized void part(Step step, String name) {
    finished++;
    show(step, name);
  }

  @Override
  public synchronized void end(StepNote note) {
    clear();
    boolean failed = note.outcome().equals(StepNote.FAILED);
    console.note(
        String.format(
            Locale.ROOT,
            "  %-9s %7.1f s  %s",
            note.step(),
            note.seconds(),
            failed ? "failed: " + note.error() : note.summary()));
  }

  private void show(Step step, String name) {
    if (!console.terminal()) {
      return;
    }
    String bar = "";
    if (expected > 0) {
      int full = Math.min(WIDTH, finished * WIDTH / expected);
      bar = "[" + "=".repeat(full) + " ".repeat(WIDTH - full) + "] " + finished + "/" + expected;
    }
    console.err().print(CLEAR + "  " + step + " " + bar + " " + name);
    console.err().flush();
  }

  /** Wipes the line that changes; call before printing anything else. */
  public synchronized void clear() {
    if (console.terminal()) {
      console.err().print(CLEAR);
      console.err().flush();
    }
  }
}
