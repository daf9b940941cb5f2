package dev.loadstar.ingestion.model;

/** How the pages of an endpoint follow one another. */
public sealed interface PagingModel {
  /** One answer holds all. */
  record None() implements PagingModel {}

  /**
   * Pages have numbers; an empty one ends, for a short one may only mean a limit of the server.
   *
   * @param parameter of the page's number
   * @param first the number of the first page, 0 or 1
   * @param sizeParameter of the page's size
   * @param size records on a page; 0 leaves it to the API
   */
  record PageNumber(String parameter, int first, String sizeParameter, int size)
      implements PagingModel {}

  /**
   * Pages begin after so many records; an empty one ends.
   *
   * @param size 0 leaves it to the API
   */
  record Offset(String parameter, String sizeParameter, int size) implements PagingModel {}

  /**
   * Every page names a token that asks for the next; none, null or an empty one ends.
   *
   * @param next dotted path to the token
   */
  record Cursor(String parameter, String next, String sizeParameter, int size)
      implements PagingModel {}

  /**
   * Every page holds the next one's URL; none, null or an empty one ends.
   *
   * @param next dotted path to the URL
   */
  record NextLink(String next, String sizeParameter, int size) implements PagingModel {}

  /** The header {@code Link: <url>; rel="next"} names the next page. */
  record LinkHeader(String sizeParameter, int size) implements PagingModel {}
}
