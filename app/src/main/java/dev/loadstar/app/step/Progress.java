package dev.loadstar.app.step;

/** Told what a night is doing. Called from any thread. */
public interface Progress {
  /** Tells nobody. */
  Progress SILENT =
      new Progress() {
        @Override
        public void begin(Step step, int parts) {}

        @Override
        public void part(Step step, String name) {}

        @Override
        public void end(StepNote note) {}
      };

  /**
   * @param parts how many {@link #part} calls to expect; 0 when unknown
   */
  void begin(Step step, int parts);

  void part(Step step, String name);

  void end(StepNote note);
}
