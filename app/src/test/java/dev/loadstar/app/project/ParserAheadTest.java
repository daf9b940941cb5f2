package dev.loadstar.app.project;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParserAheadTest {
  @Test
  void itIsThereForWhoeverWaitsHoweverOftenSomebodyBegan() {
    ParserAhead.await();
    ParserAhead.start();
    ParserAhead.start();
    ParserAhead.await();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void whoIsInterruptedStaysSo() {
    Thread.currentThread().interrupt();
    ParserAhead.await();
    assertThat(Thread.interrupted()).isTrue();
  }
}
