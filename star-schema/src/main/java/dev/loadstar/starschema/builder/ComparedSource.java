package dev.loadstar.starschema.builder;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;

/**
 * What an attribute is compared by: a column, or those between which a {@code coalesce} chooses, as
 * after a rename. The digest of a choice is the choice of the digests, since nothing has none.
 *
 * @param parts in the order of the choice
 */
record ComparedSource(List<Part> parts) implements Serializable {
  /** What {@code xxhash64} makes of null. */
  private static final Object NOTHING = 42L;

  ComparedSource {
    parts = new ArrayList<>(parts); // serializable, which List.of() is not everywhere
  }

  /**
   * A column: the place of its digest or -1, and of what it shows, as it is or as a hash.
   *
   * @param column its name
   */
  record Part(String column, int digest, int shown) implements Serializable {
    private boolean hasDigest(Set<String> unknown) {
      return digest >= 0 && !unknown.contains("_d_" + column);
    }

    private boolean isMasked(Set<String> unknown) {
      return unknown.contains("_m_" + column);
    }

    private boolean isNothing(Row row) {
      return row.isNullAt(shown) || row.get(shown).equals(NOTHING);
    }

    private boolean repeats(Row a, Row b) {
      // A null digest is that of a null, so one of two is a change that masking may hide.
      boolean digested = digest >= 0 && !(a.isNullAt(digest) && b.isNullAt(digest));
      int place = digested ? digest : shown;
      return MemberStory.same(a.get(place), b.get(place));
    }
  }

  /** Whether an observation has a digest of it: of each column that says something. */
  boolean hasDigest(Row row, Set<String> unknown) {
    if (parts.size() == 1) {
      return parts.get(0).hasDigest(unknown);
    }
    return parts.stream().anyMatch(part -> part.hasDigest(unknown))
        && parts.stream()
            .allMatch(
                part ->
                    part.hasDigest(unknown) || (part.isNothing(row) && !part.isMasked(unknown)));
  }

  /** Null is the digest of nothing. */
  Object digest(Row row, Set<String> unknown) {
    for (Part part : parts) {
      if (part.hasDigest(unknown) && !row.isNullAt(part.digest())) {
        return row.get(part.digest());
      }
    }
    return null;
  }

  /** What it shows, or a hash of that. */
  Object shown(Row row) {
    for (Part part : parts) {
      if (parts.size() == 1 || !part.isNothing(row)) {
        return row.get(part.shown());
      }
    }
    return null;
  }

  /** Whether what two observations show tells whether it changed between them. */
  boolean comparesValues(Row before, Set<String> unknownBefore, Row now, Set<String> unknownNow) {
    boolean masked =
        parts.stream().anyMatch(p -> p.isMasked(unknownBefore) || p.isMasked(unknownNow));
    return !masked || !hasDigest(before, unknownBefore) && !hasDigest(now, unknownNow);
  }

  boolean repeats(Row a, Row b) {
    return parts.stream().allMatch(part -> part.repeats(a, b));
  }
}
