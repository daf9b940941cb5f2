package dev.loadstar.masking.technique;

import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import java.io.Serializable;
import java.util.Optional;

/** How a class of values is protected. Immutable; a null stays null under every technique. */
public sealed interface Technique extends Serializable {
  /** The word in YAML. */
  String word();

  /** The type that a column has afterwards; empty when the technique cannot work on it. */
  Optional<ColumnType> outputType(ColumnType clear);

  /** Whether equal values stay equal and different ones different, as a key needs it. */
  default boolean keepsIdentity() {
    return false;
  }

  /** Keyed hash of the normal form: equal people stay equal, and nobody can look them up. */
  record Hash() implements Technique {
    @Override
    public String word() {
      return "hash";
    }

    @Override
    public Optional<ColumnType> outputType(ColumnType clear) {
      return Optional.of(Simple.TEXT);
    }

    @Override
    public boolean keepsIdentity() {
      return true;
    }
  }

  /**
   * Stars for all but the last characters of the normal form; a value that is not longer than those
   * is all stars.
   */
  record Partial(int keepLast) implements Technique {
    public static final int MAX_KEPT = 8;

    public Partial {
      if (keepLast < 0 || keepLast > MAX_KEPT) {
        throw new IllegalArgumentException("keep_last is from 0 to " + MAX_KEPT);
      }
    }

    @Override
    public String word() {
      return "partial";
    }

    @Override
    public Optional<ColumnType> outputType(ColumnType clear) {
      return Optional.of(Simple.TEXT);
    }
  }

  /** A fixed text, so that a reader sees that there was something. */
  record Redact() implements Technique {
    public static final String TEXT = "[redacted]";

    @Override
    public String word() {
      return "redact";
    }

    @Override
    public Optional<ColumnType> outputType(ColumnType clear) {
      return Optional.of(Simple.TEXT);
    }
  }

  /** Nothing is left, not even that there was something. */
  record Nullify() implements Technique {
    @Override
    public String word() {
      return "nullify";
    }

    @Override
    public Optional<ColumnType> outputType(ColumnType clear) {
      return Optional.of(clear);
    }
  }

  /** A date becomes the first day of its month, year or decade; ISO text is read as a date. */
  record GeneralizeDate(Unit unit) implements Technique {
    /** How coarse. */
    public enum Unit {
      MONTH,
      YEAR,
      DECADE
    }

    @Override
    public String word() {
      return "generalize";
    }

    @Override
    public Optional<ColumnType> outputType(ColumnType clear) {
      boolean dated = clear == Simple.DATE || clear == Simple.TIMESTAMP || clear == Simple.TEXT;
      return dated ? Optional.of(Simple.DATE) : Optional.empty();
    }
  }

  /** The first characters of a code such as a postcode. */
  record GeneralizePrefix(int characters) implements Technique {
    public GeneralizePrefix {
      if (characters < 1) {
        throw new IllegalArgumentException("a prefix has at least one character");
      }
    }

    @Override
    public String word() {
      return "generalize";
    }

    @Override
    public Optional<ColumnType> outputType(ColumnType clear) {
      boolean code = clear == Simple.TEXT || clear == Simple.INT || clear == Simple.BIGINT;
      return code ? Optional.of(Simple.TEXT) : Optional.empty();
    }
  }

  /** A random token from the vault; the same normal form has the same token. */
  record Tokenize() implements Technique {
    @Override
    public String word() {
      return "tokenize";
    }

    @Override
    public Optional<ColumnType> outputType(ColumnType clear) {
      return Optional.of(Simple.TEXT);
    }

    @Override
    public boolean keepsIdentity() {
      return true;
    }
  }
}
