package dev.loadstar.ingestion;

/**
 * How to ingest.
 *
 * @param again adds a load that supersedes the date's own, read from where that one began
 * @param asIs lets an entity without change times stand for an old date as it is now
 */
public record IngestOptions(boolean again, boolean asIs) {
  public static final IngestOptions USUAL = new IngestOptions(false, false);
}
