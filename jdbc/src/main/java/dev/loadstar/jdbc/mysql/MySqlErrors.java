package dev.loadstar.jdbc.mysql;

/** Server error codes by name, as the MySQL error reference and MariaDB's list have them. */
final class MySqlErrors {
  static final int TOO_MANY_CONNECTIONS = 1040;
  static final int DATABASE_ACCESS_DENIED = 1044;
  static final int ACCESS_DENIED = 1045;
  static final int UNKNOWN_DATABASE = 1049;
  static final int SERVER_SHUTDOWN = 1053;
  static final int UNKNOWN_COLUMN = 1054;
  static final int TABLE_ACCESS_DENIED = 1142;
  static final int COLUMN_ACCESS_DENIED = 1143;
  static final int UNKNOWN_TABLE = 1146;
  static final int TOO_MANY_USER_CONNECTIONS = 1203;
  static final int LOCK_WAIT_TIMEOUT = 1205;
  static final int DEADLOCK = 1213;
  static final int SPECIFIC_ACCESS_DENIED = 1227;
  static final int ACCESS_DENIED_NO_PASSWORD = 1698;
  static final int CONNECTION_KILLED = 1927;

  private MySqlErrors() {}
}
