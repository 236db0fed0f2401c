package dev.sardonyx.runtime.inputs;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What each input of a graph is to be: a value that is given, or drawn from a distribution that is
 * asked for, or from one that fits what the graph does with the input. What is not asked for is
 * chosen: indices lie within their table, masks hide some but not all, images are like photographs.
 */
public final class InputPlan {
  /** Keeps the numbers of inputs apart that are drawn from one seed. */
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private record Given(Data value, String told) {}

  private final Graph graph;
  private String name = "";
  private final Map<String, Given> given = new LinkedHashMap<>();
  private final Map<String, Optional<Distribution>> asked = new LinkedHashMap<>();
  private Optional<Distribution> elsewhere = Optional.empty();
  private Map<String, Long> sizes = Map.of();
  private long batch = 1;

  /** A plan that chooses everything. */
  public InputPlan(Graph graph) {
    this.graph = graph;
  }

  /**
   * The sizes of symbols, and of first dims that have none; other open dims are {@link
   * RandomInputs#SIZE_OF_OTHER_DIMS}.
   */
  public InputPlan sizes(Map<String, Long> symbols, long ofFirstDims) {
    sizes = Map.copyOf(symbols);
    batch = ofFirstDims;
    return this;
  }

  /** What tells the sets of this plan from those of others, such as a folder's name. */
  public InputPlan named(String called) {
    name = called;
    return this;
  }

  /** A value for an input. Errors: INPUT for an input that is not there. */
  public InputPlan give(String name, Data value, String told) {
    input(name);
    given.put(name, new Given(value, told));
    return this;
  }

  /** The value of a file for an input. Errors: INPUT, and those of {@link InputFiles#read}. */
  public InputPlan give(String name, InputWord.OfFile file, InputFiles files) {
    Value input = input(name);
    return give(name, files.read(file, input, known(input)), file.told());
  }

  /**
   * A value for every input that has none yet: of a folder the files ({@link InputFolder}), of a
   * .npz archive the arrays. Errors: USAGE for other files; INPUT for an array that is named like
   * no input, and for an input that is left without a value.
   */
  public InputPlan giveOthers(Path source, InputFiles files) {
    boolean folder = Files.isDirectory(source);
    if (folder) {
      List<Value> all = needed();
      InputFolder.files(source, all)
          .forEach(
              (name, file) -> {
                if (isOpen(name)) {
                  give(name, new InputWord.OfFile(file, ""), files);
                }
              });
    } else if (InputFiles.ending(source).equals(".npz")) {
      InputFiles.archive(source, needed())
          .forEach(
              (name, value) -> {
                if (isOpen(name)) {
                  give(name, value, source + ":" + name);
                }
              });
    } else {
      throw new SardonyxException(
          ErrorCode.USAGE,
          "--inputs wants a distribution, a folder or an .npz file with an array for each input,"
              + " found "
              + source
              + "; one input's file is given by -i NAME=FILE");
    }
    if (!unasked().isEmpty()) {
      throw new SardonyxException(
          ErrorCode.INPUT,
          "%s has nothing for %s%s: add it, or say -i NAME=auto to draw it"
              .formatted(source, unasked(), folder ? ", only " + InputFolder.listed(source) : ""));
    }
    return this;
  }

  private boolean isOpen(String name) {
    return !given.containsKey(name) && !asked.containsKey(name);
  }

  /** The input's type with the sizes that are known so far. */
  private ValueType known(Value input) {
    OpenSizes open = OpenSizes.of(graph, sizes, batch);
    given.forEach((name, one) -> open.take(input(name), one.value().type()));
    return input.type() instanceof TensorType type && type.shape().isKnown()
        ? type.withShape(open.known(type.shape()))
        : input.type();
  }

  /**
   * A distribution for an input; empty for what its use suggests. Errors: INPUT; ARGUMENT where it
   * does not fit its type.
   */
  public InputPlan draw(String name, Optional<Distribution> wanted) {
    Value input = input(name);
    asked.put(name, wanted);
    wanted.ifPresent(distribution -> requireFit(input, distribution));
    return this;
  }

  private static void requireFit(Value input, Distribution distribution) {
    if (!fits(distribution, input)) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "input " + input + " cannot be " + distribution + wanted(distribution));
    }
  }

  /**
   * A distribution for all inputs that it fits and that are not given or asked for by name. Errors:
   * ARGUMENT where there is none.
   */
  public InputPlan drawOthers(Distribution distribution) {
    List<Value> others = unasked();
    if (!others.isEmpty() && others.stream().noneMatch(input -> fits(distribution, input))) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "none of the inputs " + others + " can be " + distribution + wanted(distribution));
    }
    elsewhere = Optional.of(distribution);
    return this;
  }

  private static String wanted(Distribution distribution) {
    return distribution instanceof Distribution.Image
        ? ", which is for [N, C, H, W] or [N, H, W, C] of float or uint8 with 1 or 3 channels"
        : "";
  }

  private static boolean fits(Distribution distribution, Value input) {
    return input.type() instanceof TensorType type
        && type.shape().isKnown()
        && distribution.fits(type);
  }

  private Value input(String name) {
    return graph.inputs().stream()
        .filter(value -> value.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SardonyxException(
                    ErrorCode.INPUT,
                    "there is no input '%s'; %s takes %s"
                        .formatted(name, graph.name(), graph.inputs())));
  }

  /** The inputs that need a value: an initializer of the name is one already. */
  public List<Value> needed() {
    return graph.inputs().stream()
        .filter(input -> !graph.initializers().containsKey(input.name()))
        .toList();
  }

  /** The inputs that have none yet. */
  public List<Value> missing() {
    return needed().stream().filter(input -> !given.containsKey(input.name())).toList();
  }

  /** The inputs that have none, and for which none is to be drawn by name. */
  public List<Value> unasked() {
    return missing().stream().filter(input -> !asked.containsKey(input.name())).toList();
  }

  /**
   * A set of values: the same seed gives the same. Errors: INPUT for the size of a symbol that the
   * graph does not have, UNSUPPORTED for inputs of unknown rank or type and complex ones, ARGUMENT
   * for token ids without a known vocabulary, LIMIT for sizes that the machine does not have.
   */
  public InputSet draw(long seed) {
    return draw(seed, List.of());
  }

  /** The same without the inputs that are neither given nor asked for by name. */
  public InputSet drawAsked(long seed) {
    return draw(seed, unasked());
  }

  private InputSet draw(long seed, List<Value> without) {
    OpenSizes open = OpenSizes.of(graph, sizes, batch);
    given.forEach((name, one) -> open.take(input(name), one.value().type()));
    var uses = new Uses(graph);
    Map<String, Data> values = new LinkedHashMap<>();
    Map<String, String> told = new LinkedHashMap<>();
    for (Value input : graph.inputs()) {
      Given value = given.get(input.name());
      if (value != null) {
        values.put(input.name(), value.value());
        told.put(input.name(), value.told());
      } else if (!graph.initializers().containsKey(input.name()) && !without.contains(input)) {
        Choice choice = choice(input, uses);
        var random = new SplittableRandom(seed + GAMMA * input.name().hashCode());
        values.put(input.name(), value(input, choice.distribution(), open, random));
        told.put(input.name(), told(choice) + "; seed " + seed);
      }
    }
    boolean drawn = !missing().isEmpty();
    String called = name.isEmpty() ? "seed " + seed : name;
    return new InputSet(called, values, told, drawn);
  }

  private static String told(Choice choice) {
    return choice.distribution()
        + (choice.because().isEmpty() ? "" : ", because it " + choice.because());
  }

  private Choice choice(Value input, Uses uses) {
    Optional<Distribution> found =
        asked.containsKey(input.name())
            ? asked.get(input.name())
            : elsewhere.filter(one -> fits(one, input));
    return found.map(wanted -> choice(input, wanted, uses)).orElseGet(() -> uses.of(input));
  }

  private static Choice choice(Value input, Distribution wanted, Uses uses) {
    if (wanted instanceof Distribution.Tokens(long vocabulary) && vocabulary == 0) {
      Choice found = uses.of(input);
      if (found.distribution() instanceof Distribution.Tokens) {
        return found;
      }
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "input %s is not looked up in a table of known size: say tokens:VOCABULARY"
              .formatted(input));
    }
    return new Choice(wanted, "");
  }

  private static Data value(
      Value input, Distribution distribution, OpenSizes open, SplittableRandom random) {
    if (distribution instanceof Distribution.ByType
        || !(input.type() instanceof TensorType type && type.shape().isKnown())) {
      return new ValuesByType(random).of(input, open);
    }
    return new Drawing(random).draw(distribution, type.withShape(open.fixed(type.shape())));
  }
}
