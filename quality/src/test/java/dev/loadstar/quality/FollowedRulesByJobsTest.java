package dev.loadstar.quality;

/** The same where every query is a job. */
class FollowedRulesByJobsTest extends FollowedRulesTest {
  @Override
  long fewRows() {
    return 0;
  }
}
