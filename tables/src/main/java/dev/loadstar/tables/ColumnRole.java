package dev.loadstar.tables;

/** What a column of a curated table is for. */
public enum ColumnRole {
  /** Surrogate primary key; differs between histories of runs, so no checksum covers it. */
  KEY,
  /** The member's key across its versions; no checksum covers it either. */
  DURABLE_KEY,
  /** Part of a dimension's natural key. */
  NATURAL_KEY,
  /** Part of a fact's grain. */
  GRAIN,
  /** Refers to a dimension's KEY. */
  FOREIGN_KEY,
  /** {@code valid_from}: with the natural key it names a version. */
  VALID_FROM,
  /** Attributes, validity, flags. */
  ATTRIBUTE,
  MEASURE,
  /** Stays in the lake. */
  INTERNAL
}
