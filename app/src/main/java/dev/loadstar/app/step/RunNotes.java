package dev.loadstar.app.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.loadstar.app.console.Json;
import dev.loadstar.lake.Lake;
import dev.loadstar.lake.file.LakeFiles.Creation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run keeps under {@code reports/run=ID/}. Nothing that counts for the data. Thread safe.
 */
public final class RunNotes {
  private final Lake lake;
  private final String folder;

  public RunNotes(Lake lake, String runId) {
    this.lake = lake;
    this.folder = "reports/run=" + runId;
  }

  /** Claims the next attempt of this run, from 1. */
  public int claimAttempt() {
    int attempt = lake.files().list(folder + "/attempts").size();
    Creation creation;
    do {
      attempt++;
      creation =
          lake.files()
              .createIfAbsent(
                  "%s/attempts/%06d.json".formatted(folder, attempt),
                  ("{\"attempt\":" + attempt + ",\"by\":\"" + lake.newAttempt() + "\"}")
                      .getBytes(StandardCharsets.UTF_8));
    } while (creation == Creation.EXISTS);
    return attempt;
  }

  /** Keeps how a step ended and returns it with what an earlier attempt brought. */
  StepNote keep(StepNote note) {
    StepNote kept = find(note.step()).map(note::keeping).orElse(note);
    try {
      lake.files().write(path(note.step()), Json.MAPPER.writeValueAsBytes(kept));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return kept;
  }

  public Optional<StepNote> find(String step) {
    return lake.files().read(path(step)).flatMap(RunNotes::parse);
  }

  /** Of all steps that ever ran, in order. */
  public List<StepNote> all() {
    List<StepNote> notes = new ArrayList<>();
    for (Step step : Step.values()) {
      find(step.toString()).ifPresent(notes::add);
    }
    return notes;
  }

  /** Writes the report and returns where it is. */
  public String writeReport(int attempt, String html, byte[] json) {
    String to = "%s/attempt=%d/".formatted(folder, attempt);
    lake.files().write(to + "report.json", json);
    lake.files().write(to + "report.html", html.getBytes(StandardCharsets.UTF_8));
    return lake.files().uri(to + "report.html");
  }

  private String path(String step) {
    return folder + "/steps/" + step + ".json";
  }

  private static Optional<StepNote> parse(byte[] json) {
    try {
      return Optional.of(Json.MAPPER.readValue(json, StepNote.class));
    } catch (IOException e) {
      return Optional.empty(); // only a report is poorer for it
    }
  }
}
