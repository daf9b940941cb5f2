package dev.loadstar.core.name;

import java.io.Serializable;
import java.util.Comparator;

/** {@code source.entity}, for example {@code shop.orders}: one table-like thing of one source. */
public record EntityName(String source, String entity)
    implements Comparable<EntityName>, Serializable {
  private static final Comparator<EntityName> ORDER =
      Comparator.comparing(EntityName::source).thenComparing(EntityName::entity);

  public EntityName {
    if (!SnakeCase.isValid(source) || !SnakeCase.isValid(entity)) {
      throw new IllegalArgumentException(
          "an entity is named source.entity in snake_case, found " + source + "." + entity);
    }
  }

  /**
   * @throws IllegalArgumentException unless {@code text} is two snake_case names and a dot
   */
  public static EntityName parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException("an entity is named source.entity, found " + text);
    }
    return new EntityName(text.substring(0, dot), text.substring(dot + 1));
  }

  @Override
  public int compareTo(EntityName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return source + "." + entity;
  }
}
