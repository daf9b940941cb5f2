package dev.loadstar.app.step;

import dev.loadstar.app.project.Project;
import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.core.yaml.Problems;
import dev.loadstar.lake.Lake;
import dev.loadstar.starschema.expression.EntityColumns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Checks the names and expressions of a project against the columns that its lake knows. Reads a
 * few small objects and writes nothing. Not thread safe.
 */
public final class ColumnCheck {
  private final Project project;
  private final LakeColumns columns;
  private final Map<EntityName, Optional<EntityColumns>> known = new TreeMap<>();

  public ColumnCheck(Project project, Lake lake) {
    this.project = project;
    this.columns = new LakeColumns(lake);
  }

  /**
   * @return entities of the star whose columns are not known, for none was loaded yet; what needs
   *     them was not judged
   * @throws dev.loadstar.core.error.LoadException {@code CONFIGURATION_INVALID} that lists every
   *     mistake with its place, one a line
   */
  public List<EntityName> check() {
    Problems problems = new Problems();
    project.star().check(this::of, problems);
    problems.throwIfAny(ErrorCode.CONFIGURATION_INVALID);
    return project.star().entities().stream().filter(e -> of(e).isEmpty()).toList();
  }

  private Optional<EntityColumns> of(EntityName entity) {
    return known.computeIfAbsent(entity, columns::of);
  }
}
