package dev.loadstar.demo.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** How a call of the command line ended and what it printed. */
record CommandAnswer(int exit, String out, String err) {
  /** Requires an exit code; what was printed explains another. */
  CommandAnswer exits(int expected) {
    assertThat(exit).as(out + err).isEqualTo(expected);
    return this;
  }

  JsonNode json() {
    try {
      return new ObjectMapper().readTree(out);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + out + err, e);
    }
  }
}
