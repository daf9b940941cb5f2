package dev.loadstar.app.command;

import dev.loadstar.testing.TestDatabase;
import dev.loadstar.testing.TestPostgres;
import java.util.List;

class PostgresNewProjectIT extends NewProjectContract {
  @Override
  TestDatabase server() {
    return TestPostgres.shared();
  }

  @Override
  String columnsWithoutComment(String schema) {
    return """
        SELECT table_name || '.' || column_name FROM information_schema.columns
        WHERE table_schema = '%s'
          AND col_description(format('%%I.%%I', table_schema, table_name)::regclass, ordinal_position) IS NULL
        """
        .formatted(schema);
  }

  @Override
  List<String> commentedSchemas() {
    return List.of("_dw", "_bi");
  }
}
