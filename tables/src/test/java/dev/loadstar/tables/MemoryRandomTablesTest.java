package dev.loadstar.tables;

class MemoryRandomTablesTest extends RandomTablesContract {
  @Override
  Tables fresh() {
    return new MemoryTables();
  }

  @Override
  int histories() {
    return 100;
  }
}
