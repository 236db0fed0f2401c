package dev.sardonyx.runtime.cli;

/** The entry point of the sardonyx command. */
public final class Main {
  private Main() {}

  /** Runs the command line and exits: 0 success, 1 a check failed, 2 wrong use, 3 our own fault. */
  public static void main(String[] arguments) {
    System.exit(new CommandLineTool(Console.system()).run(arguments));
  }
}
