package dev.loadstar.jdbc;

import dev.loadstar.core.error.ErrorCode;

/**
 * What a database's error means to an operator.
 *
 * @param code whose fault it is and whether a retry can help
 * @param found in our own words, never the driver's, whose messages may hold values
 * @param nextAction what to do about it
 */
public record SqlFailure(ErrorCode code, String found, String nextAction) {
  public static final SqlFailure CREDENTIALS =
      new SqlFailure(
          ErrorCode.CREDENTIALS_REFUSED,
          "the server refused the credentials",
          "Check user and password");
  public static final SqlFailure MISSING_RIGHT =
      new SqlFailure(
          ErrorCode.CREDENTIALS_REFUSED,
          "the user lacks a right",
          "Grant the user what this step needs");
  public static final SqlFailure NO_DATABASE =
      new SqlFailure(
          ErrorCode.NOT_FOUND,
          "the server has no such database",
          "Check the URL or create the database");
  public static final SqlFailure NO_OBJECT =
      new SqlFailure(
          ErrorCode.NOT_FOUND,
          "a table, view or column is missing",
          "Check the names, and the migrations if it is the warehouse");
  public static final SqlFailure UNREACHABLE =
      new SqlFailure(
          ErrorCode.UNREACHABLE,
          "the server cannot be reached or dropped the connection",
          "Check that it runs and that the network lets this machine through, then run again");
  public static final SqlFailure UNTRUSTED =
      new SqlFailure(
          ErrorCode.CONFIGURATION_INVALID,
          "no encrypted connection that the URL asks for came about",
          "Check the TLS options of the URL, the server's certificate and who is trusted to sign it");
  public static final SqlFailure BUSY =
      new SqlFailure(
          ErrorCode.UNREACHABLE,
          "the server is out of connections or resources, shutting down, or gave way to another"
              + " transaction",
          "Run again");
  public static final SqlFailure OTHER =
      new SqlFailure(
          ErrorCode.INTERNAL,
          "the server refused a statement",
          "Look the SQLSTATE up and see the log for the statement's place");
}
