package dev.loadstar.starschema.builder;

import dev.loadstar.starschema.model.DimensionModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a fold answered, counted. */
final class FoldCounts {
  long passed;
  long unchanged;
  long deduplicated;
  long kept;
  long newVersions;
  long changedVersions;
  long removedVersions;
  long knownMembers;

  /** Of these, those that show no value of an attribute that showed one. */
  long emptiedMembers;

  long intervals;

  /** Observations that lack a part of their key, by its number. */
  final Map<Integer, Long> keyless = new TreeMap<>();

  private FoldCounts() {}

  /**
   * @param groups rows of {@code _out, _fate, _note}, whether the key is null, and a count
   */
  static FoldCounts of(List<Object[]> groups) {
    FoldCounts counts = new FoldCounts();
    for (Object[] group : groups) {
      long n = (Long) group[4];
      String op = (String) group[1];
      String note = (String) group[2];
      switch ((String) group[0]) {
        case MemberFold.OBSERVATION -> counts.observation(op, note, n);
        case MemberFold.INTERVAL -> counts.intervals += n;
        default -> counts.version(op, note, (Boolean) group[3], n);
      }
    }
    return counts;
  }

  private void observation(String op, String note, long n) {
    if (note.startsWith(MemberFold.KEYLESS)) {
      keyless.merge(Integer.valueOf(note.substring(MemberFold.KEYLESS.length())), n, Long::sum);
      return;
    }
    kept += op == null ? 0 : n;
    switch (note) {
      case MemberFold.PASSED -> passed += n;
      case MemberFold.UNCHANGED -> unchanged += n;
      default -> deduplicated += n;
    }
  }

  long quarantined() {
    return keyless.values().stream().mapToLong(n -> n).sum();
  }

  private void version(String op, String note, boolean withoutKey, long n) {
    boolean emptied = MemberFold.EMPTIED_MEMBER.equals(note);
    emptiedMembers += emptied ? n : 0;
    knownMembers += emptied || MemberFold.KNOWN_MEMBER.equals(note) ? n : 0;
    if (op.equals("D")) {
      removedVersions += n;
    } else if (withoutKey) {
      newVersions += n;
    } else {
      changedVersions += n;
    }
  }

  /**
   * What is worth a person's attention; no values.
   *
   * @param again whether the dimension was built from all loads again
   */
  List<String> findings(DimensionModel model, boolean again) {
    List<String> findings = new ArrayList<>();
    keyless.forEach(
        (part, rows) ->
            findings.add(
                "%s: %d rows rejected, no %s"
                    .formatted(model.table(), rows, model.key().get(part))));
    if (again && emptiedMembers > 0) {
      findings.add(
          "%s: %d members lose a value that they showed, for it was built from all loads again"
              .formatted(model.table(), emptiedMembers));
    }
    return findings;
  }
}
