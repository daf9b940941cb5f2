package dev.loadstar.starschema.builder;

/** The same where every query is a job. */
class StarSchemaBuilderByJobsTest extends StarSchemaBuilderTest {
  @Override
  long fewRows() {
    return 0;
  }
}
