package dev.loadstar.app.command;

import dev.loadstar.ingestion.IngestOptions;
import picocli.CommandLine.Option;

/** How the sources are read. */
final class IngestFlags {
  @Option(
      names = "--again",
      description = "Take the date's data anew, although it was taken; add a load beside its own.")
  private boolean again;

  @Option(
      names = "--as-is",
      description = "Let an entity without change times stand for an old date as it is now.")
  private boolean asIs;

  boolean given() {
    return again || asIs;
  }

  IngestOptions options() {
    return new IngestOptions(again, asIs);
  }
}
