package dev.loadstar.ingestion.model;

import dev.loadstar.core.secret.Reference;
import java.util.stream.Stream;

/** How an API knows who asks. */
public sealed interface AuthModel {
  Stream<Reference> references();

  /** It does not ask. */
  record None() implements AuthModel {
    @Override
    public Stream<Reference> references() {
      return Stream.empty();
    }
  }

  /** HTTP basic authentication. */
  record Basic(Reference username, Reference password) implements AuthModel {
    @Override
    public Stream<Reference> references() {
      return Stream.of(username, password);
    }
  }

  /** {@code Authorization: Bearer token}. */
  record Bearer(Reference token) implements AuthModel {
    @Override
    public Stream<Reference> references() {
      return Stream.of(token);
    }
  }

  /** A key in a header. */
  record ApiKey(String header, Reference key) implements AuthModel {
    @Override
    public Stream<Reference> references() {
      return Stream.of(key);
    }
  }
}
