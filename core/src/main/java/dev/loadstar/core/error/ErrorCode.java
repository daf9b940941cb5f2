package dev.loadstar.core.error;

/** Names one way to fail. Codes are stable: alerts and runbooks may match on them. */
public enum ErrorCode {
  CONFIGURATION_INVALID(ErrorKind.CONFIG, false),
  USAGE(ErrorKind.CONFIG, false),
  SECRET_MISSING(ErrorKind.CONFIG, false),
  CREDENTIALS_REFUSED(ErrorKind.CONFIG, false),
  NOT_FOUND(ErrorKind.CONFIG, false),
  SCHEMA_MISMATCH(ErrorKind.CONFIG, false),
  MIGRATION_FAILED(ErrorKind.CONFIG, false),
  STORE_UNSUITABLE(ErrorKind.CONFIG, false),
  QUALITY_FAILED(ErrorKind.DATA, false),
  GUARD_EXCEEDED(ErrorKind.DATA, false),
  IMBALANCE(ErrorKind.DATA, false),
  DRIFT_REFUSED(ErrorKind.DATA, false),
  /** The warehouse shows what the lake never held. */
  COMMIT_UNKNOWN(ErrorKind.DATA, false),
  DATE_REFUSED(ErrorKind.DATA, false),
  WIDTH_EXCEEDED(ErrorKind.DATA, false),
  SOURCE_DATA_UNREADABLE(ErrorKind.DATA, false),
  UNREACHABLE(ErrorKind.EXTERNAL, true),
  RUN_AHEAD(ErrorKind.EXTERNAL, true),
  OUTCOME_UNKNOWN(ErrorKind.EXTERNAL, true),
  INTERNAL(ErrorKind.INTERNAL, false);

  private final ErrorKind kind;
  private final boolean retryable;

  ErrorCode(ErrorKind kind, boolean retryable) {
    this.kind = kind;
    this.retryable = retryable;
  }

  public ErrorKind kind() {
    return kind;
  }

  /** Whether the same call may succeed later without anybody changing anything. */
  public boolean retryable() {
    return retryable;
  }
}
