package dev.loadstar.tables;

import dev.loadstar.tables.stored.LakeTables;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RandomTablesTest extends RandomTablesContract {
  @TempDir private Path temp;
  private int lakes;

  @Override
  Tables fresh() {
    return LakeTables.of(TestLakes.in(temp.resolve("lake" + ++lakes)));
  }

  @Override
  int histories() {
    return 40;
  }
}
