package dev.loadstar.transform;

import java.util.Locale;

/** Why a record went to quarantine. The words are stable: dashboards may count them. */
public enum RejectionReason {
  /** It could not be split into columns. */
  MALFORMED_RECORD,
  /** It is not one JSON object. */
  INVALID_JSON,
  NOT_A_BOOLEAN,
  /** No number, and NaN and infinity neither. */
  NOT_A_NUMBER,
  NOT_A_DATE,
  NOT_A_TIMESTAMP,
  /** A number that the declared type, or a year that some warehouse, cannot hold. */
  OUT_OF_RANGE,
  /** More digits after the point than the declared type keeps. */
  TOO_PRECISE,
  /** Text with U+0000 or with half a surrogate pair, which no warehouse holds. */
  INVALID_CHARACTER,
  /** A key column has no value. */
  MISSING_KEY;

  /** As it is written in quarantine files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
