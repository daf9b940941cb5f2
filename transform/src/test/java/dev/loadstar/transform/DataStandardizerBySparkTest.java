package dev.loadstar.transform;

/** The same where Spark drives the functions. */
class DataStandardizerBySparkTest extends DataStandardizerTest {
  @Override
  RawLake raw() {
    return super.raw().few(0);
  }
}
