package org.trimtab.experiments.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import com.google.inject.spi.Message;
import java.io.PrintWriter;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.engine.Telemetry;
import org.trimtab.experiments.runs.LockedException;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code trimtab}. */
@Command(
    name = "trimtab",
    description = "Tunes frozen pretrained transformers with a few thousand parameters.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RunCommand.class,
      ResumeCommand.class,
      SweepCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      SubmitCommand.class,
      ExportCommand.class,
      ShowCommand.class,
      DiffCommand.class,
      MethodsCommand.class,
      TasksCommand.class,
      BackbonesCommand.class,
      SchemaCommand.class,
      WorkerCommand.class,
      GenerateCompletion.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all went well",
      "1:a run failed",
      "2:something for you to mend: an option, a file, a key"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  trimtab run configs/quickstart.yaml",
      "  trimtab run mrpc lora --data DIR --set train.lr=3e-3",
      "  trimtab sweep run configs/sweeps/smoke.yaml --data DIR",
      "  trimtab predict runs/quickstart/ID 'A quiet, clever film.'",
      "  trimtab bench --methods head-only,lora  (the launcher's; trimtab bench --help)",
      "  source <(trimtab generate-completion)"
    })
public final class Main {
  private static final int FAILED = 1;
  private static final int USER_ERROR = 2;

  private Main() {}

  /** Runs the command line and exits with its code. */
  public static void main(String[] arguments) {
    Telemetry.switchOff();
    System.exit(
        run(
            arguments,
            new PrintWriter(System.out, true, java.nio.charset.StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8)));
  }

  /** Runs the command line; the exit code is 0, 1 (a run failed) or 2 (the user's error). */
  public static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    try {
      Injector injector = Guice.createInjector(Stage.PRODUCTION, new ExperimentsModule());
      CommandLine line = CommandLines.of(new Main(), new InjectedCommands(injector));
      line.setOut(out).setErr(err);
      line.setExecutionExceptionHandler((e, command, parsed) -> failure(e, command.getErr()));
      return line.execute(arguments);
    } catch (com.google.inject.CreationException e) {
      return failure(cause(e), err);
    }
  }

  /** What the user can mend, be it but one of several that follow from it. */
  private static Exception cause(com.google.inject.CreationException e) {
    return e.getErrorMessages().stream()
        .map(Message::getCause)
        .filter(UserError.class::isInstance)
        .<Exception>map(UserError.class::cast)
        .findFirst()
        .orElse(e);
  }

  private static int failure(Exception e, PrintWriter err) {
    if (e instanceof UserError || e instanceof LockedException) {
      err.println(e.getMessage());
      return USER_ERROR;
    }
    if (e instanceof Invalid invalid) {
      err.println(invalid.told());
      return USER_ERROR;
    }
    err.println("failed: " + e.getMessage());
    if (!(e instanceof org.trimtab.train.TrainingException)) {
      e.printStackTrace(err);
    }
    return FAILED;
  }
}
