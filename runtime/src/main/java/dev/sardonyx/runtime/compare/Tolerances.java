package dev.sardonyx.runtime.compare;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.NearestNames;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Precision;
import dev.sardonyx.api.type.DType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The tolerances of a check: the defaults ({@link Tolerance#ofModel}, {@link
 * Tolerance#ofOperator}), but for what is asked otherwise. What is said of one output or node goes
 * before what is said of an operator, and that before what is said of everything. Whole numbers,
 * strings and truth values stay exact; so does an operator that rounds nothing, unless it or its
 * node is named.
 *
 * @param everything of every output and node
 * @param outputs of the graph's outputs by name
 * @param nodes of nodes by name, alone and with their past
 * @param operators of nodes alone by the name of their operator
 */
public record Tolerances(
    Other everything,
    Map<String, Other> outputs,
    Map<String, Other> nodes,
    Map<String, Other> operators) {
  private static final Tolerances DEFAULT =
      new Tolerances(Other.NOTHING, Map.of(), Map.of(), Map.of());

  /**
   * What is asked in the place of a default. A bound of the norm that is not given widens with the
   * others where they are wider: elements that all lie off by what they may must pass.
   *
   * @param relative a part of each element of the reference
   * @param absolute a part of its root mean square, or of 1 where that is less
   * @param norm a part of its Euclidean norm
   */
  public record Other(OptionalDouble relative, OptionalDouble absolute, OptionalDouble norm) {
    /** The defaults stay. */
    public static final Other NOTHING =
        new Other(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

    /** Errors: ARGUMENT for a bound that is negative or no number. */
    public Other {
      require("rtol", relative);
      require("atol", absolute);
      require("l2", norm);
    }

    private static void require(String name, OptionalDouble bound) {
      if (bound.isPresent() && !(bound.getAsDouble() >= 0 && bound.getAsDouble() < 1e300)) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT,
            name + " must be a number of 0 or more, found " + bound.getAsDouble());
      }
    }

    /** The same, with what another says in the place of what this says. */
    public Other or(Other stronger) {
      return new Other(
          stronger.relative.isPresent() ? stronger.relative : relative,
          stronger.absolute.isPresent() ? stronger.absolute : absolute,
          stronger.norm.isPresent() ? stronger.norm : norm);
    }

    private Tolerance of(Tolerance usual) {
      if (equals(NOTHING)) {
        return usual;
      }
      double elements = absolute.orElse(usual.absolute());
      double each = relative.orElse(usual.relative());
      double widened = norm.orElse(Math.max(usual.norm(), elements + each));
      return new Tolerance(elements, each, true, widened, usual.magnitude());
    }
  }

  public Tolerances {
    outputs = Map.copyOf(outputs);
    nodes = Map.copyOf(nodes);
    operators = Map.copyOf(operators);
  }

  /** The defaults. */
  public static Tolerances defaults() {
    return DEFAULT;
  }

  /** The same, with another for everything that is not named. */
  public Tolerances forEverything(Other other) {
    return new Tolerances(everything.or(other), outputs, nodes, operators);
  }

  /** For an output of the graph, so many roundings deep. */
  public Tolerance forOutput(String name, DType dtype, int depth) {
    Tolerance usual = Tolerance.ofModel(dtype, depth);
    return usual.scaled() ? everything.or(of(outputs, name)).of(usual) : usual;
  }

  /** For a node's output with all its past, so many roundings deep. */
  public Tolerance forValue(Node node, String name, DType dtype, int depth) {
    Tolerance usual = Tolerance.ofModel(dtype, depth);
    return usual.scaled()
        ? everything.or(of(nodes, node.name())).or(of(outputs, name)).of(usual)
        : usual;
  }

  /** For a node alone. A random operator that draws nothing moves its data, as Dropout does. */
  public Tolerance forNode(Node node, DType dtype) {
    Precision own = node.op().precision();
    Precision precision = own == Precision.RANDOM ? Precision.EXACT : own;
    Tolerance usual = Tolerance.ofOperator(precision, dtype);
    Other named = of(operators, node.op().name()).or(of(nodes, node.name()));
    boolean isFloat = Tolerance.ofModel(dtype).scaled();
    return usual.scaled() ? everything.or(named).of(usual) : isFloat ? named.of(usual) : usual;
  }

  private static Other of(Map<String, Other> named, String name) {
    return named.getOrDefault(name, Other.NOTHING);
  }

  /** Demands that a graph has what is named. Errors: ARGUMENT, with the nearest names. */
  public void requireIn(Graph graph) {
    require("output", outputs.keySet(), graph.outputs().stream().map(Value::name).toList());
    require("node", nodes.keySet(), graph.nodes().stream().map(Node::name).toList());
    List<String> used = graph.nodes().stream().map(node -> node.op().name()).distinct().toList();
    require("operator", operators.keySet(), used);
  }

  private static void require(String what, Collection<String> named, List<String> known) {
    for (String name : named) {
      if (!known.contains(name)) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT,
            "a tolerance is given for %s '%s', which the graph does not have%s"
                .formatted(what, name, NearestNames.hint(name, known)));
      }
    }
  }
}
