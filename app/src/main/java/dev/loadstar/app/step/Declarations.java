package dev.loadstar.app.step;

import dev.loadstar.app.project.Project;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.name.SnakeCase;
import dev.loadstar.core.type.ColumnType;
import dev.loadstar.ingestion.model.EntityModel;
import dev.loadstar.starschema.model.DimensionModel;
import dev.loadstar.transform.EntityDeclaration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What transform must know of an entity: its source says most, the star the rest. */
record Declarations(Project project) {
  EntityDeclaration of(EntityName name) {
    Optional<EntityModel> entity = project.sources().entity(name);
    Map<String, ColumnType> types = new HashMap<>();
    entity.ifPresent(
        e -> e.columns().forEach((column, type) -> types.put(SnakeCase.of(column), type)));
    List<String> key =
        entity.map(e -> e.key().stream().map(SnakeCase::of).toList()).orElse(List.of());
    Set<String> digests = new TreeSet<>();
    Optional<String> changeTime = Optional.empty();
    for (DimensionModel dimension : project.star().dimensions()) {
      if (dimension.from().equals(name)) {
        digests.addAll(dimension.attributes());
        changeTime = changeTime.or(dimension::effectiveAt);
      }
      dimension.enrichments().stream()
          .filter(e -> e.entity().equals(name))
          .forEach(e -> digests.addAll(e.columns()));
    }
    return new EntityDeclaration(key, types, changeTime, digests);
  }
}
