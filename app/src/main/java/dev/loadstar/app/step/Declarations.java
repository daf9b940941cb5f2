package dev.loadstar.app.step;

import dev.loadstar.app.project.Project;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.name.SnakeCase;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.core.type.ColumnType.Simple;
import dev.loadstar.ingestion.model.EntityModel;
import dev.loadstar.starschema.expression.Expressions;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.transform.EntityDeclaration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What transform must know of an entity: its source says most, the star the rest. */
public record Declarations(Project project) {
  /** Declared types as they leave transform: a wall clock reading has become an instant. */
  Map<String, ColumnType> types(EntityName name) {
    Map<String, ColumnType> types = columns(name);
    types.replaceAll((column, type) -> type == Simple.LOCAL_TIMESTAMP ? Simple.TIMESTAMP : type);
    return types;
  }

  private Map<String, ColumnType> columns(EntityName name) {
    Map<String, ColumnType> types = new HashMap<>();
    project
        .sources()
        .entity(name)
        .ifPresent(
            e -> e.columns().forEach((column, type) -> types.put(SnakeCase.of(column), type)));
    return types;
  }

  public EntityDeclaration of(EntityName name) {
    Optional<EntityModel> entity = project.sources().entity(name);
    List<String> key =
        entity.map(e -> e.key().stream().map(SnakeCase::of).toList()).orElse(List.of());
    Set<String> digests = new TreeSet<>();
    Optional<String> changeTime = Optional.empty();
    for (DimensionModel dimension : project.star().dimensions()) {
      if (dimension.from().equals(name)) {
        digests.addAll(compared(dimension));
        changeTime = changeTime.or(dimension::effectiveAt);
      }
      dimension.enrichments().stream()
          .filter(e -> e.entity().equals(name))
          .forEach(e -> digests.addAll(e.columns()));
    }
    return new EntityDeclaration(key, columns(name), changeTime, digests);
  }

  /** Attributes that are columns, and the columns that computed ones of type 2 read. */
  private static Set<String> compared(DimensionModel dimension) {
    Set<String> columns = new TreeSet<>(dimension.attributes());
    columns.removeAll(dimension.columns().keySet());
    dimension.type2().stream()
        .map(dimension.columns()::get)
        .filter(Objects::nonNull)
        .flatMap(sql -> Expressions.names(sql).stream())
        .map(name -> name.toLowerCase(Locale.ROOT))
        .forEach(columns::add);
    return columns;
  }
}
