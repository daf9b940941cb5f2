package dev.loadstar.starschema.builder;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.Row;

/**
 * What the observations of one member say of its attributes, read in the order of time.
 *
 * <p>An observation whose load did not know an attribute is in it as the one before, and before the
 * first that knows it, as that one. Of two that know it digests are compared; where one has none,
 * values are, if neither was masked. Where one was, nobody can tell a change from another mask, so
 * there is none, unless both are without digests.
 */
final class MemberStory implements Serializable {
  private static final long serialVersionUID = 1L;

  private final MemberLayout at;

  /** By attribute, the columns that it is compared by. */
  private final List<List<ComparedSource>> sources = new ArrayList<>();

  MemberStory(MemberLayout layout) {
    this.at = layout;
    for (int i = 0; i < layout.attributes().size(); i++) {
      String attribute = layout.attributes().get(i);
      List<ComparedSource> own = new ArrayList<>();
      for (List<String> input : layout.inputs().getOrDefault(attribute, List.of())) {
        own.add(
            new ComparedSource(
                input.stream()
                    .map(c -> new ComparedSource.Part(c, layout.digest(c), layout.shown(c)))
                    .toList()));
      }
      if (own.isEmpty()) {
        own.add(
            new ComparedSource(
                List.of(
                    new ComparedSource.Part(
                        attribute, layout.digest(attribute), layout.attribute(i)))));
      }
      sources.add(own);
    }
  }

  /**
   * An observation once those around it are known.
   *
   * @param values by attribute
   * @param spells by attribute a number; another one says that it changed
   */
  record Told(Object[] values, int[] spells) {
    boolean agrees(Told other, int from) {
      return Arrays.equals(spells, from, spells.length, other.spells, from, other.spells.length);
    }
  }

  /** Of an observation that stands alone. */
  Told of(Row row) {
    Object[] values = new Object[at.attributes().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(at.attribute(i));
    }
    return new Told(values, new int[values.length]);
  }

  /**
   * @param rows observations in the order of time
   */
  List<Told> of(List<Row> rows) {
    List<Told> told = new ArrayList<>(rows.size());
    List<Set<String>> unknown = new ArrayList<>(rows.size());
    for (Row row : rows) {
      told.add(of(row));
      unknown.add(row.isNullAt(at.unknown()) ? Set.of() : unknown(row.getString(at.unknown())));
    }
    for (int i = 0; rows.size() > 1 && i < at.attributes().size(); i++) {
      follow(i, rows, unknown, told);
    }
    return told;
  }

  private static Set<String> unknown(String names) {
    return Set.of(names.split(","));
  }

  private void follow(int i, List<Row> rows, List<Set<String>> unknown, List<Told> told) {
    String attribute = at.attributes().get(i);
    List<ComparedSource> own = sources.get(i);
    Object[] digests = new Object[own.size()];
    boolean[] known = new boolean[own.size()];
    int before = -1;
    int spell = 0;
    for (int j = 0; j < rows.size(); j++) {
      Row row = rows.get(j);
      if (unknown.get(j).contains(attribute)) {
        told.get(j).values[i] = before < 0 ? null : told.get(before).values[i];
        told.get(j).spells[i] = spell;
        continue;
      }
      if (before < 0) {
        for (int earlier = 0; earlier < j; earlier++) {
          told.get(earlier).values[i] = told.get(j).values[i];
        }
      } else if (changed(
          i, rows.get(before), unknown.get(before), row, unknown.get(j), digests, known)) {
        spell++;
        Arrays.fill(known, false);
      }
      for (int s = 0; s < own.size(); s++) {
        if (own.get(s).hasDigest(row, unknown.get(j))) {
          digests[s] = own.get(s).digest(row, unknown.get(j));
          known[s] = true;
        }
      }
      told.get(j).spells[i] = spell;
      before = j;
    }
  }

  /**
   * @param digests the last known ones since the attribute changed
   * @param known which of them there are
   */
  private boolean changed(
      int i,
      Row before,
      Set<String> unknownBefore,
      Row now,
      Set<String> unknownNow,
      Object[] digests,
      boolean[] known) {
    List<ComparedSource> own = sources.get(i);
    boolean moved = false;
    boolean hidden = false;
    for (int s = 0; s < own.size(); s++) {
      ComparedSource source = own.get(s);
      boolean shows = same(source.shown(before), source.shown(now));
      if (known[s] && source.hasDigest(now, unknownNow)) {
        boolean differs = !Objects.equals(digests[s], source.digest(now, unknownNow));
        moved |= differs;
        hidden |= differs && shows;
      } else if (source.comparesValues(before, unknownBefore, now, unknownNow)) {
        moved |= !shows;
      }
    }
    boolean computed = at.inputs().containsKey(at.attributes().get(i));
    return computed
        ? moved && (hidden || !same(before.get(at.attribute(i)), now.get(at.attribute(i))))
        : moved;
  }

  /** Whether an observation adds nothing to what the other says and knows. */
  boolean repeats(Row a, Row b) {
    if (!Objects.equals(a.get(at.unknown()), b.get(at.unknown()))) {
      return false;
    }
    return sources.stream().allMatch(own -> own.stream().allMatch(s -> s.repeats(a, b)));
  }

  static boolean same(Object a, Object b) {
    return a instanceof byte[] x && b instanceof byte[] y
        ? Arrays.equals(x, y)
        : Objects.equals(a, b);
  }
}
