package dev.loadstar.ingestion;

import java.io.Serializable;

/**
 * A part of an entity that is copied in one go: a table, a run of pages, some files. It holds all
 * that the copy needs except for the connection, so that another process could copy it; no secrets.
 */
public interface Split extends Serializable {
  /** What to call it in messages; no values of rows. */
  String name();
}
