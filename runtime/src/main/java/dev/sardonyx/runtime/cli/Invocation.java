package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;

/** A command's parsed words. */
record Invocation(Console console, CommandLine line, Targets targets) {

  /** Whether machines read the output. */
  boolean json() {
    return line.hasOption("json");
  }

  boolean has(String option) {
    return line.hasOption(option);
  }

  /** The arguments that are no options. */
  List<String> arguments() {
    return line.getArgList();
  }

  Optional<String> value(String option) {
    return Optional.ofNullable(line.getOptionValue(option));
  }

  /** A whole number, or its default. Errors: USAGE. */
  long number(String option, long defaultValue) {
    return value(option).map(text -> parse("--" + option, text)).orElse(defaultValue);
  }

  /** An option that may be given many times. */
  List<String> values(String option) {
    String[] values = line.getOptionValues(option);
    return values == null ? List.of() : List.of(values);
  }

  /** Values of the form {@code name=value}, such as {@code x=x.npy}. Errors: USAGE. */
  Map<String, String> pairs(String option) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String text : values(option)) {
      int equals = text.indexOf('=');
      if (equals < 1 || equals == text.length() - 1) {
        throw new SardonyxException(
            ErrorCode.USAGE, "--" + option + " wants NAME=VALUE, found '" + text + "'");
      }
      pairs.put(text.substring(0, equals), text.substring(equals + 1));
    }
    return pairs;
  }

  /** The seed of initial weights and random inputs. Errors: USAGE. */
  long seed() {
    return number("seed", 0);
  }

  /** The target of the first argument. Errors: NOT_FOUND, or the file's. */
  Target target() {
    return targets.find(arguments().getFirst(), seed());
  }

  /** Sizes of symbolic dims: {@code --dim batch=4}. Errors: USAGE. */
  Map<String, Long> dims() {
    Map<String, Long> sizes = new LinkedHashMap<>();
    pairs("dim").forEach((name, text) -> sizes.put(name, parse("--dim " + name, text)));
    return sizes;
  }

  private static long parse(String what, String text) {
    boolean number = text.matches("[0-9]{1,18}");
    if (!number) {
      throw new SardonyxException(
          ErrorCode.USAGE, what + " wants a whole number of 0 or more, found '" + text + "'");
    }
    return Long.parseLong(text);
  }
}
