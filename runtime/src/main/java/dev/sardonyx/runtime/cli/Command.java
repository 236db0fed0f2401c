package dev.sardonyx.runtime.cli;

import java.util.List;
import org.apache.commons.cli.Options;

/** One word after {@code sardonyx}. */
interface Command {
  /** The word. */
  String name();

  /** What follows the word in a usage line: {@code MODEL}, {@code [MODEL | --all]}. */
  String arguments();

  /** What it does, in one line. */
  String summary();

  /** The options, without those that every command has. */
  Options options();

  /** How many arguments besides options there may be: from, to. */
  List<Integer> argumentCount();

  /** Runs the command and returns the exit code: 0 success, 1 a check failed. */
  int run(Invocation invocation);

  /** Whether it runs models: what that takes may be made ready meanwhile. */
  default boolean computes() {
    return false;
  }
}
