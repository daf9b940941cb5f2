package dev.loadstar.jdbc;

/**
 * An equality of texts that is coarser than that of their bytes: case, accents, trailing spaces or
 * characters without weight do not count.
 *
 * @param name the collation or type that makes it so; columns of one name compare alike
 * @param operator SQL between the two sides
 * @param ending SQL after them
 */
public record LooseEquality(String name, String operator, String ending) {
  String sql(String key, String other) {
    return key + operator + other + ending;
  }
}
