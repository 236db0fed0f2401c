package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.NearestNames;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.engine.KernelSelection;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** Finds the command, parses its options, runs it and turns errors into messages and exit codes. */
final class CommandLineTool {
  static final int SUCCESS = 0;
  static final int CHECK_FAILED = 1;
  static final int WRONG_USE = 2;
  static final int OWN_FAULT = 3;

  /** The engine that has kernels. */
  private static final String NATIVE = "native";

  private static final List<Command> COMMANDS =
      List.of(
          new ModelsCommand(),
          new SummaryCommand(),
          new ExportCommand(),
          new GenerateCommand(),
          new RunCommand(),
          new CheckCommand(),
          new VerifyCommand(),
          new BenchCommand(),
          new InspectCommand(),
          new DiffCommand(),
          new ConvertCommand(),
          new ConformanceCommand(),
          new DoctorCommand(),
          new AotCacheCommand());

  private final Console console;

  CommandLineTool(Console console) {
    this.console = console;
  }

  /** Runs a command line and returns its exit code. */
  int run(String... words) {
    boolean json = Arrays.asList(words).contains("--json");
    try {
      return dispatch(words);
    } catch (SardonyxException error) {
      console.progressDone();
      report(error, json);
      return error.code() == ErrorCode.CHECK ? CHECK_FAILED : WRONG_USE;
    } catch (RuntimeException | Error fault) {
      // An uncaught error would end the JVM with 1, which says that a check failed.
      console.progressDone();
      if (json) {
        Json line = Json.object().put("error", "Internal").put("reason", fault);
        console.out().println(line);
      }
      console.err().println("sardonyx: internal error; please report it with what follows");
      fault.printStackTrace(console.err());
      return OWN_FAULT;
    }
  }

  private void report(SardonyxException error, boolean json) {
    console.err().println("sardonyx: " + error.getMessage());
    if (json) {
      console
          .out()
          .println(
              Json.object()
                  .put("error", error.code().text())
                  .put("reason", error.reason())
                  .put("place", error.place().orElse(null))
                  .put("file", error.file().orElse(null)));
    }
  }

  private int dispatch(String[] words) {
    if (words.length == 0) {
      Help.overview(console.err(), COMMANDS);
      return WRONG_USE;
    }
    if (List.of("--help", "-h", "help").contains(words[0])) {
      if (words.length == 1 || words[1].startsWith("-")) {
        Help.overview(console.out(), COMMANDS);
      } else {
        Command asked = command(words[1]);
        Help.of(console.out(), asked, options(asked));
      }
      return SUCCESS;
    }
    if (words[0].equals("--version")) {
      console.out().println("sardonyx " + Help.version());
      return SUCCESS;
    }
    Command command = command(words[0]);
    CommandLine line = parse(command, Arrays.copyOfRange(words, 1, words.length));
    if (line.hasOption("help")) {
      Help.of(console.out(), command, options(command));
      return SUCCESS;
    }
    int count = line.getArgList().size();
    int least = command.argumentCount().getFirst();
    int most = command.argumentCount().getLast();
    if (count < least || count > most) {
      throw usage(
          "%s wants %s, found %s"
              .formatted(
                  command.name(),
                  command.arguments().isEmpty() ? "no argument" : command.arguments(),
                  count == 0 ? "nothing" : line.getArgList().toString()),
          command);
    }
    String engines = line.getOptionValue("engine", NATIVE);
    if (command.computes()
        && engines.contains(
            NATIVE)) { // linking the first native call takes longer than to find a model
      Thread.ofPlatform().daemon().name("sardonyx-kernels").start(KernelSelection::fastest);
    }
    String[] models = Objects.requireNonNullElse(line.getOptionValues("models"), new String[0]);
    var targets = Targets.onClassPath(String.join(File.pathSeparator, models));
    var invocation = new Invocation(console, line, targets);
    return KernelDump.around(invocation, () -> command.run(invocation));
  }

  private static Command command(String word) {
    return COMMANDS.stream()
        .filter(command -> command.name().equals(word))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> names = COMMANDS.stream().map(Command::name).toList();
              return new SardonyxException(
                  ErrorCode.USAGE,
                  "there is no command '"
                      + word
                      + "'"
                      + NearestNames.hint(word, names)
                      + "; commands: "
                      + String.join(", ", names));
            });
  }

  private static Options options(Command command) {
    Options all = new Options();
    command.options().getOptions().forEach(all::addOption);
    CommonOptions.everywhere().getOptions().forEach(all::addOption);
    return all;
  }

  private static CommandLine parse(Command command, String[] words) {
    Options options = options(command);
    try {
      return DefaultParser.builder().setAllowPartialMatching(false).get().parse(options, words);
    } catch (UnrecognizedOptionException unknown) {
      List<String> names =
          options.getOptions().stream().map(option -> "--" + option.getLongOpt()).toList();
      throw usage(
          "unknown option '"
              + unknown.getOption()
              + "'"
              + NearestNames.hint(unknown.getOption(), names),
          command);
    } catch (ParseException wrong) {
      throw usage(Objects.requireNonNullElse(wrong.getMessage(), "wrong options"), command);
    }
  }

  private static SardonyxException usage(String what, Command command) {
    return new SardonyxException(
        ErrorCode.USAGE, what + "; see sardonyx " + command.name() + " --help");
  }
}
