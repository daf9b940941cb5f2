package dev.loadstar.app.step;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The steps of a night, in order. */
public enum Step {
  INGEST,
  TRANSFORM,
  BUILD,
  LOAD,
  REPORT;

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All from one to another, both included; empty when they are the wrong way round. */
  public static Set<Step> between(Step from, Step to) {
    Set<Step> steps = EnumSet.noneOf(Step.class);
    Arrays.stream(values())
        .filter(s -> s.compareTo(from) >= 0 && s.compareTo(to) <= 0)
        .forEach(steps::add);
    return steps;
  }
}
