package dev.loadstar.ingestion.model;

import dev.loadstar.core.secret.Reference;
import dev.loadstar.core.yaml.Location;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One system to read from, as {@code sources.yaml} describes it; nothing is resolved. Immutable.
 */
public sealed interface SourceModel permits DatabaseSourceModel, ApiSourceModel, FileSourceModel {
  String name();

  /** {@code database}, {@code api} or {@code files}. */
  String kind();

  /** Where it is. */
  Reference address();

  /** The zone of its wall clocks; empty for the project's. */
  Optional<ZoneId> timezone();

  List<? extends EntityModel> entities();

  /** All that must be resolved before reading. */
  Stream<Reference> references();

  Location location();
}
