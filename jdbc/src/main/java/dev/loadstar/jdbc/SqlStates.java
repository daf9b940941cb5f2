package dev.loadstar.jdbc;

import java.util.Set;

/** SQLSTATEs by name: classes of the SQL standard, and PostgreSQL's own from its appendix A. */
public final class SqlStates {
  public static final String CONNECTION_CLASS = "08";
  public static final String CONNECTION_REJECTED = "08004";
  public static final String PROTOCOL_VIOLATION = "08P01";
  public static final String AUTHORIZATION_CLASS = "28";
  public static final String TRANSACTION_ROLLBACK_CLASS = "40";
  public static final String RESOURCES_CLASS = "53";
  public static final String UNDEFINED_DATABASE = "3D000";
  public static final String INSUFFICIENT_PRIVILEGE = "42501";
  public static final String UNDEFINED_SCHEMA = "3F000";
  public static final String UNDEFINED_TABLE = "42P01";
  public static final String UNDEFINED_COLUMN = "42703";
  public static final String LOCK_NOT_AVAILABLE = "55P03";

  /** admin_shutdown, crash_shutdown, cannot_connect_now, database_dropped's neighbours. */
  public static final Set<String> SHUTTING_DOWN = Set.of("57P01", "57P02", "57P03", "57P05");

  private SqlStates() {}

  static String shown(String state) {
    return state == null ? "none" : state;
  }
}
