package dev.loadstar.app.command;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestMySql;
import java.util.List;

class MySqlNewProjectIT extends NewProjectContract {
  @Override
  TestDatabase server() {
    return TestMySql.shared();
  }

  @Override
  String columnsWithoutComment(String schema) {
    return """
        SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns
        WHERE table_schema = '%s' AND column_comment = ''
        """
        .formatted(schema);
  }

  /** MySQL keeps no comments on views. */
  @Override
  List<String> commentedSchemas() {
    return List.of("_dw");
  }
}
