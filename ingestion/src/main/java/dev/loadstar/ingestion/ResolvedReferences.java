package dev.loadstar.ingestion;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.secret.Reference;
import dev.loadstar.core.secret.References;
import dev.loadstar.core.secret.Secret;
import dev.loadstar.core.yaml.Problems;

/**
 * Resolves references, or fails with {@code SECRET_MISSING} that says where which one is missing.
 */
public final class ResolvedReferences {
  private final References references;

  public ResolvedReferences(References references) {
    this.references = references;
  }

  public String text(Reference reference) {
    Problems problems = new Problems();
    var text = references.text(reference, problems);
    problems.throwIfAny(ErrorCode.SECRET_MISSING);
    return text.orElseThrow();
  }

  public Secret secret(Reference reference) {
    return new Secret(text(reference));
  }
}
