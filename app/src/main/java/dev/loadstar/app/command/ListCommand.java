package dev.loadstar.app.command;

import dev.loadstar.app.console.Console;
import dev.loadstar.app.project.Project;
import dev.loadstar.core.name.EntityName;
import dev.loadstar.ingestion.model.EntityModel;
import dev.loadstar.ingestion.model.SourceModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code list}: what a project holds; connects to nothing. */
@Command(name = "list", description = "List sources, entities and tables of the star.")
final class ListCommand implements Callable<Integer> {
  @CommandLine.Mixin private final Call call;

  ListCommand(Call call) {
    this.call = call;
  }

  @Override
  public Integer call() {
    Project project = call.loadProject();
    List<EntityName> selection = call.selection(project);
    Console console = call.console();
    if (console.json()) {
      console.object(object(project, selection));
      return 0;
    }
    List<List<String>> rows = new ArrayList<>();
    for (SourceModel source : project.sources().sources()) {
      for (EntityModel entity : source.entities()) {
        if (selection.contains(entity.name())) {
          rows.add(
              List.of(
                  entity.name().toString(),
                  source.kind(),
                  entity.cursor().orElse("full"),
                  String.join(", ", entity.key()),
                  entity.required() ? "yes" : "no"));
        }
      }
    }
    console.table(List.of("entity", "kind", "cursor", "key", "required"), rows);
    console.line("");
    List<List<String>> tables = new ArrayList<>();
    project.star().dimensions().forEach(d -> tables.add(List.of(d.table(), d.from().toString())));
    project.star().calendars().forEach(c -> tables.add(List.of(c.table(), "calendar")));
    project
        .star()
        .facts()
        .forEach(
            f ->
                tables.add(
                    List.of(
                        f.table(),
                        String.join(
                            ", ", f.feeds().stream().map(x -> x.lines().toString()).toList()))));
    console.table(List.of("table", "from"), tables);
    return 0;
  }

  private static Map<String, Object> object(Project project, List<EntityName> selection) {
    List<Map<String, Object>> sources = new ArrayList<>();
    for (SourceModel source : project.sources().sources()) {
      List<Map<String, Object>> entities = new ArrayList<>();
      for (EntityModel entity : source.entities()) {
        if (selection.contains(entity.name())) {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("name", entity.name().toString());
          one.put("key", entity.key());
          one.put("cursor", entity.cursor().orElse(null));
          one.put("required", entity.required());
          entities.add(one);
        }
      }
      if (!entities.isEmpty()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", source.name());
        one.put("kind", source.kind());
        one.put("required", source.entities().stream().anyMatch(EntityModel::required));
        one.put("entities", entities);
        sources.add(one);
      }
    }
    List<String> tables = new ArrayList<>();
    project.star().dimensions().forEach(d -> tables.add(d.table()));
    project.star().calendars().forEach(c -> tables.add(c.table()));
    project.star().facts().forEach(f -> tables.add(f.table()));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("sources", sources);
    all.put("tables", tables);
    return all;
  }
}
