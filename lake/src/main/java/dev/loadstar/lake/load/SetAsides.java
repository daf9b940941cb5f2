package dev.loadstar.lake.load;

import dev.loadstar.core.name.EntityName;
import java.util.List;
import java.util.Optional;

/**
 * The raw loads that were set aside. One that a running transform claimed with its rows at the same
 * moment is not among them: what processed says of a load decides.
 */
public interface SetAsides {
  Optional<SetAside> find(EntityName entity, long number);

  /** Of an entity, by number. One listing when there are none. */
  List<SetAside> of(EntityName entity);

  /**
   * Sets a load aside, unless it was before.
   *
   * @return what stands there now; the earlier one keeps its reason
   */
  SetAside add(SetAside wanted);
}
