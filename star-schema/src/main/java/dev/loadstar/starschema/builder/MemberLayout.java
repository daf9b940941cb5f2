package dev.loadstar.starschema.builder;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * Where what stands in the rows that {@link MemberFold} reads: kind, natural key, arrival,
 * attributes, look-up keys, digests, hashes of inputs, version. Times are microseconds and dates
 * are days, so that no JVM's time zone touches them.
 *
 * @param keys number of natural key columns
 * @param attributes in the table's order; type 1 ones first
 * @param type1 how many of them are type 1
 * @param lookups number of look-up keys
 * @param digests columns that have a change digest, in the order of the digest columns
 * @param shown columns that have a hash of what they show
 * @param inputs of computed attributes that are compared by the columns they read
 */
record MemberLayout(
    int keys,
    List<String> attributes,
    int type1,
    int lookups,
    List<String> digests,
    List<String> shown,
    Map<String, List<List<String>>> inputs)
    implements Serializable {
  static final int VERSION = 0;
  static final int OLD_OBSERVATION = 1;
  static final int NEW_OBSERVATION = 2;

  MemberLayout {
    attributes = List.copyOf(attributes);
    digests = List.copyOf(digests);
    shown = List.copyOf(shown);
    inputs = Map.copyOf(inputs);
  }

  int key(int i) {
    return 1 + i;
  }

  int effective() {
    return 1 + keys;
  }

  int load() {
    return effective() + 1;
  }

  int origin() {
    return effective() + 2;
  }

  int row() {
    return effective() + 3;
  }

  int deleted() {
    return effective() + 4;
  }

  /** Names of what the observation's load does not know, separated by commas; null for nothing. */
  int unknown() {
    return effective() + 5;
  }

  int attribute(int i) {
    return effective() + 6 + i;
  }

  int lookup(int i) {
    return attribute(attributes.size()) + i;
  }

  /** The place of a column's digest, or -1. */
  int digest(String column) {
    int i = digests.indexOf(column);
    return i < 0 ? -1 : lookup(lookups) + i;
  }

  /** The place of the hash of what a column shows. */
  int shown(String column) {
    return lookup(lookups) + digests.size() + shown.indexOf(column);
  }

  private int version(int i) {
    return lookup(lookups) + digests.size() + shown.size() + i;
  }

  int surrogateKey() {
    return version(0);
  }

  int durableKey() {
    return version(1);
  }

  int validFrom() {
    return version(2);
  }

  int validTo() {
    return version(3);
  }

  int isCurrent() {
    return version(4);
  }

  int versionNumber() {
    return version(5);
  }

  int isInferred() {
    return version(6);
  }

  int isDeleted() {
    return version(7);
  }

  int size() {
    return version(8);
  }
}
