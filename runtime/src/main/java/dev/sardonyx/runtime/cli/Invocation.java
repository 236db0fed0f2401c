package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** The value of an option that makes sense once. Errors: USAGE when given twice. */
  Optional<String> value(String option) {
    List<String> values = values(option);
    if (values.size() > 1) {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "--%s may be given once, found %s".formatted(option, String.join(" and ", values)));
    }
    return values.stream().findFirst();
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

  /** An option that takes many values, given again or parted by commas. */
  List<String> list(String option) {
    return values(option).stream().flatMap(text -> Arrays.stream(text.split(",", -1))).toList();
  }

  /** The same with whole numbers within bounds, or the default alone. Errors: USAGE. */
  List<Integer> numbers(String option, int defaultValue, int least, int most) {
    List<Integer> numbers = new ArrayList<>();
    for (String text : list(option)) {
      long number = parse("--" + option, text);
      requireWithin(option, number, least, most);
      numbers.add((int) number);
    }
    return numbers.isEmpty() ? List.of(defaultValue) : numbers;
  }

  /** Values of the form {@code name=value}, each name once. Errors: USAGE. */
  Map<String, String> pairs(String option) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String text : values(option)) {
      int equals = text.indexOf('=');
      if (equals < 1 || equals == text.length() - 1) {
        throw new SardonyxException(
            ErrorCode.USAGE, "--" + option + " wants NAME=VALUE, found '" + text + "'");
      }
      String name = text.substring(0, equals);
      String value = text.substring(equals + 1);
      String other = pairs.put(name, value);
      if (other != null) {
        throw new SardonyxException(
            ErrorCode.USAGE,
            "--%s may be given once for '%s', found %s and %s"
                .formatted(option, name, other, value));
      }
    }
    return pairs;
  }

  /** A whole number within bounds, or its default. Errors: USAGE. */
  long number(String option, long defaultValue, long least, long most) {
    long number = number(option, defaultValue);
    requireWithin(option, number, least, most);
    return number;
  }

  private static void requireWithin(String option, long number, long least, long most) {
    if (number < least || number > most) {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "--%s must be within %d and %d, found %d".formatted(option, least, most, number));
    }
  }

  /** The seed of initial weights and random inputs. Errors: USAGE. */
  long seed() {
    return number("seed", 0);
  }

  /** The target of the first argument, with its weights. Errors: NOT_FOUND, or the files'. */
  Target target() {
    Target target = targets.find(arguments().getFirst(), seed());
    WeightOptions.load(this, target);
    return target;
  }

  /**
   * The models that are asked for: one by its name, or with {@code --all} those of {@code
   * --models}, without it all. Errors: USAGE for both or neither, for {@code --weights} of all, and
   * where there is no model.
   */
  List<String> models(String command) {
    boolean all = has("all");
    if (all == !arguments().isEmpty()) {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "%s wants either one MODEL or --all; see sardonyx %s --help".formatted(command, command));
    }
    if (!all) {
      return arguments();
    }
    if (has("weights")) {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "--weights is for one MODEL, not for --all; see sardonyx " + command + " --help");
    }
    List<String> names = targets.all();
    if (names.isEmpty()) {
      throw new SardonyxException(ErrorCode.USAGE, "--all: " + Targets.NONE);
    }
    return names;
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
