package dev.sardonyx.runtime.cli;

import dev.sardonyx.runtime.text.Table;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** The help texts. */
final class Help {
  private Help() {}

  static String version() {
    return Optional.ofNullable(Help.class.getPackage().getImplementationVersion())
        .orElse("(development)");
  }

  static void overview(PrintStream out, List<Command> commands) {
    out.println("Usage: sardonyx COMMAND [MODEL] [OPTIONS]");
    out.println();
    out.println("MODEL is a registered model's name or an .onnx file. Commands:");
    List<List<String>> rows = new ArrayList<>();
    commands.forEach(
        command ->
            rows.add(List.of("  " + command.name(), command.arguments(), command.summary())));
    out.print(Table.plain(rows));
    out.println();
    out.println("sardonyx COMMAND --help shows a command's options. Exit codes: 0 success, 1 the");
    out.println("check failed, 2 wrong use, 3 a fault of this program.");
  }

  static void of(PrintStream out, Command command, Options options) {
    String arguments = command.arguments().isEmpty() ? "" : command.arguments() + " ";
    out.println("Usage: sardonyx " + command.name() + " " + arguments + "[OPTIONS]");
    out.println();
    out.println(command.summary());
    out.println();
    List<List<String>> rows = new ArrayList<>();
    for (Option option : options.getOptions()) {
      String letter = option.getOpt() == null ? "    " : "-" + option.getOpt() + ", ";
      String argument = option.hasArg() ? " " + option.getArgName() : "";
      rows.add(
          List.of("  " + letter + "--" + option.getLongOpt() + argument, option.getDescription()));
    }
    out.print(Table.plain(rows));
  }
}
