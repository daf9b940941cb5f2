package dev.loadstar.tables;

class MemoryTablesTest extends TablesContract {
  @Override
  public Tables fresh() {
    return new MemoryTables();
  }

  @Override
  public Tables copyOf(Tables tables) {
    return ((MemoryTables) tables).copy();
  }

  @Override
  public Tables another(Tables tables) {
    return tables;
  }
}
