package dev.loadstar.starschema.builder;

import java.io.Serializable;
import java.util.List;

/**
 * Where what stands in the rows that {@link MemberFold} reads: kind, natural key, arrival,
 * attributes, look-up keys, digests, version. Times are microseconds and dates are days, so that no
 * JVM's time zone touches them.
 *
 * @param keys number of natural key columns
 * @param attributes in the table's order; type 1 ones first
 * @param type1 how many of them are type 1
 * @param lookups number of look-up keys
 * @param digests attributes that have a change digest, in the order of the digest columns
 */
record MemberLayout(int keys, List<String> attributes, int type1, int lookups, List<String> digests)
    implements Serializable {
  static final int VERSION = 0;
  static final int OLD_OBSERVATION = 1;
  static final int NEW_OBSERVATION = 2;

  MemberLayout {
    attributes = List.copyOf(attributes);
    digests = List.copyOf(digests);
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

  int attribute(int i) {
    return effective() + 5 + i;
  }

  int lookup(int i) {
    return attribute(attributes.size()) + i;
  }

  /** The place of an attribute's digest, or -1. */
  int digestOf(int attribute) {
    int i = digests.indexOf(attributes.get(attribute));
    return i < 0 ? -1 : lookup(lookups) + i;
  }

  private int version(int i) {
    return lookup(lookups) + digests.size() + i;
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
