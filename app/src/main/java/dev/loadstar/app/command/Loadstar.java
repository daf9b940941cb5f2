package dev.loadstar.app.command;

import dev.loadstar.app.project.ParserAhead;
import dev.loadstar.core.error.ErrorKind;
import dev.loadstar.core.error.LoadException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. One call per process, but for tests. */
@Command(
    name = "loadstar",
    description = "Loads a star-schema data warehouse every night.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done, 1 internal, 2 usage, configuration or refused credentials,",
      "65 data refused, 75 try again."
    })
public final class Loadstar implements Callable<Integer> {
  @CommandLine.Mixin private final Call call;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Loadstar(Call call) {
    this.call = call;
  }

  /**
   * @return the exit code; see {@link ErrorKind}
   */
  public static int run(
      String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
    return run(args, environment, out, err, Clock.systemUTC());
  }

  /** With another clock, which says what today is. */
  public static int run(
      String[] args,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err,
      Clock clock) {
    if (List.of(args).contains("--verbose")) {
      System.setProperty("loadstar.log-level", "warn");
    }
    ParserAhead.start();
    Supplier<Call> call = () -> new Call(environment, out, err, clock);
    CommandLine line = new CommandLine(new Loadstar(call.get()));
    for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
      line.addSubcommand(provider.command(call.get()));
    }
    List.of(
            new InitCommand(call.get()),
            new ValidateCommand(call.get()),
            new ListCommand(call.get()),
            new RunCommand(call.get()),
            new StepCommand.Ingest(call.get()),
            new StepCommand.Transform(call.get()),
            new StepCommand.Build(call.get()),
            new LoadCommand(call.get()),
            new RebuildCommand(call.get()),
            new GcCommand(call.get()),
            new SetAsideCommand(call.get()),
            new CheckCommand(call.get()),
            new RollbackCommand(call.get()),
            new StatusCommand(call.get()))
        .forEach(line::addSubcommand);
    CommandLine db = new CommandLine(new DbCommand(call.get()));
    db.addSubcommand(new DbCommand.Migrate(call.get()));
    db.addSubcommand(new DbCommand.Checksum(call.get()));
    line.addSubcommand(db);
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.registerConverter(LocalDate.class, Loadstar::date);
    line.setParameterExceptionHandler((e, arguments) -> usage(e, arguments, err));
    line.setExecutionExceptionHandler(
        (e, failed, parsed) -> failure(e, List.of(args).contains("--verbose"), err));
    return line.execute(args);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(call.console().err());
    return ErrorKind.CONFIG.exitCode();
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("expected a date such as 2026-01-31, found '" + text + "'");
    }
  }

  private static int usage(ParameterException e, String[] args, PrintStream err) {
    err.println("loadstar: " + UsageAdvice.of(e, args).orElse(e.getMessage()));
    PrintWriter writer = new PrintWriter(err, true, StandardCharsets.UTF_8);
    if (!UnmatchedArgumentException.printSuggestions(e, writer)) {
      writer.println("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    }
    return ErrorKind.CONFIG.exitCode();
  }

  private static int failure(Exception e, boolean verbose, PrintStream err) {
    int exit;
    if (e instanceof LoadException known) {
      err.println(known.getMessage());
      exit = known.code().kind().exitCode();
    } else {
      // Its message may come from a driver and hold values.
      err.println(
          "loadstar: unexpected %s. Run again with --verbose and please report what it prints."
              .formatted(e.getClass().getName()));
      exit = ErrorKind.INTERNAL.exitCode();
    }
    if (verbose) {
      trace(e, err);
    }
    return exit;
  }

  /** Classes and lines, but no messages except ours. */
  private static void trace(Throwable thrown, PrintStream err) {
    int depth = 0;
    for (Throwable t = thrown; t != null && depth < 20; t = t.getCause(), depth++) {
      err.println(t.getClass().getName() + (t instanceof LoadException l ? ": " + l.code() : ""));
      for (StackTraceElement frame : t.getStackTrace()) {
        err.println("    at " + frame);
      }
    }
  }
}
