package dev.loadstar.tables;

/** Where a story of {@link TablesContract} is told. */
interface Told {
  TableShape CITY = TableStory.shape("dim_city", 1, "id bigint", "name text", "people int");

  /** Tables where nothing is yet. */
  Tables fresh();

  /** A backup that goes on on its own from here. */
  Tables copyOf(Tables tables);

  /** The same tables through eyes of their own, as another process has them. */
  Tables another(Tables tables);

  default TableStory story() {
    return new TableStory(fresh());
  }

  static Batch cities() {
    return Batch.of(CITY);
  }
}
