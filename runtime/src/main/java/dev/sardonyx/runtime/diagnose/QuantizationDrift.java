package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.DequantizeLinear;
import dev.sardonyx.api.op.IntegerProductOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.compare.Tolerance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far the values of a quantised graph move when its quantisations round a little otherwise.
 *
 * <p>Sums in floats depend on their order, and sums in integers on none. What lies between two
 * steps of a quantisation so goes to one or the other, what is computed of it goes on from there,
 * and two engines that are both right end some steps apart. By how many is a property of the graph
 * and its inputs, and is measured: an engine runs the graph once more, with each scale by which it
 * quantises off by what one operator in floats may be off. A wrong zero point, scale or channel
 * moves every value of a tensor or of a channel by a step or more, which is much beyond that.
 */
public final class QuantizationDrift {
  /** What {@link Tolerance#ofOperator} leaves to one operator in float32. */
  private static final float NUDGE = 2e-5f;

  /** Where the operators that multiply quantised numbers have the scale of their result. */
  private static final int Y_SCALE = 6;

  private final Map<String, Move> moves;
  private final double largest;

  private QuantizationDrift(Map<String, Move> moves) {
    this.moves = moves;
    largest = moves.values().stream().mapToDouble(Move::norm).max().orElse(0);
  }

  /**
   * How a value moved.
   *
   * @param norm what it moved by in the Euclidean norm, relative to its own
   * @param element the largest move of an element
   * @param rms the root mean square of the value
   * @param length its norm
   * @param step the least that an element can move by, or 0: the scale of its quantisation
   */
  private record Move(double norm, double element, double rms, double length, double step) {}

  /** Nothing is quantised. */
  public static QuantizationDrift none() {
    return new QuantizationDrift(Map.of());
  }

  /** How the outputs move. Errors: those of opening and running. */
  public static QuantizationDrift ofOutputs(
      Engine engine, Graph graph, Map<String, ? extends Data> inputs) {
    return moved(graph)
        .map(other -> of(graph, run(engine, graph, inputs), run(engine, other, inputs)))
        .orElseGet(QuantizationDrift::none);
  }

  private static Map<String, Data> run(
      Engine engine, Graph graph, Map<String, ? extends Data> inputs) {
    try (Session session = engine.open(graph, SessionOptions.defaults().threads(1))) {
      return session.runData(inputs);
    }
  }

  /** The graph with scales that are off to both sides by turns; nothing where it has none. */
  static Optional<Graph> moved(Graph graph) {
    Map<String, DenseTensor> constants = new LinkedHashMap<>(graph.initializers());
    List<Node> nodes = new ArrayList<>();
    int found = 0;
    for (Node node : graph.nodes()) {
      int index = scale(node.op());
      DenseTensor scale = index < 0 ? null : constants.get(node.inputs().get(index).name());
      if (scale == null || scale.dtype() != DType.FLOAT32) {
        nodes.add(node);
        continue;
      }
      float factor = 1 + (found++ % 2 == 0 ? NUDGE : -NUDGE);
      Value given = node.inputs().get(index);
      String name = given.name() + ".moved." + found;
      float[] scales = scale.floats();
      for (int i = 0; i < scales.length; i++) {
        scales[i] *= factor;
      }
      constants.put(name, Tensor.of(scales, scale.shape().sizes()).dense());
      List<Value> inputs = new ArrayList<>(node.inputs());
      inputs.set(index, new Value(name, given.type()));
      nodes.add(new Node(node.name(), node.op(), inputs, node.outputs(), node.origin()));
    }
    return found == 0
        ? Optional.empty()
        : Optional.of(graph.withInitializers(constants).withNodes(nodes));
  }

  /** Which input is the scale that a node quantises by; -1 for none. */
  private static int scale(Op op) {
    return switch (op) {
      case QuantizeLinear _ -> 1;
      case IntegerProductOp.QLinearConv _, IntegerProductOp.QLinearMatMul _ -> Y_SCALE;
      default -> -1; // nothing else rounds by a constant scale
    };
  }

  private static QuantizationDrift of(
      Graph graph, Map<String, Data> values, Map<String, Data> moved) {
    var meter = new Meter(graph);
    meter.add(values, moved);
    return meter.drift();
  }

  /** Measures values as they come, some at a time. */
  static final class Meter {
    private final Map<String, Double> steps;
    private final Map<String, Move> moves = new HashMap<>();

    /** A meter for the values of a graph. */
    Meter(Graph graph) {
      steps = steps(graph);
    }

    /** Adds values of the graph, and what they are in {@link QuantizationDrift#moved}. */
    void add(Map<String, Data> values, Map<String, Data> moved) {
      values.forEach(
          (name, value) -> {
            if (value instanceof Tensor before
                && moved.get(name) instanceof Tensor after
                && isRounded(before.dtype())
                && before.shape().equals(after.shape())) {
              moves.put(name, move(after.dense(), before.dense(), steps.getOrDefault(name, 0.0)));
            }
          });
    }

    /** How those moved that were added so far. */
    QuantizationDrift drift() {
      return new QuantizationDrift(Map.copyOf(moves));
    }
  }

  /** Types of floats, and of what stands for them. */
  private static boolean isRounded(DType type) {
    return switch (type) {
      case FLOAT64, FLOAT32, FLOAT16, BFLOAT16 -> true;
      case UINT8, INT8, UINT16, INT16, INT32 -> true;
      default -> false; // counts and truth values have to agree
    };
  }

  private static Map<String, Double> steps(Graph graph) {
    Map<String, Double> steps = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (scale(node.op()) >= 0) {
        steps.put(node.outputs().getFirst().name(), 1.0);
      } else if (node.op() instanceof DequantizeLinear
          && steps.containsKey(node.inputs().getFirst().name())) {
        Optional.ofNullable(graph.initializers().get(node.inputs().get(1).name()))
            .filter(scale -> scale.elements() == 1)
            .ifPresent(scale -> steps.put(node.output().name(), scale.doubleAt(0)));
      }
    }
    return steps;
  }

  private static Move move(DenseTensor found, DenseTensor expected, double step) {
    double squares = 0;
    double all = 0;
    double element = 0;
    long n = expected.elements();
    for (long i = 0; i < n; i++) {
      double value = expected.doubleAt(i);
      double off = Math.abs(found.doubleAt(i) - value);
      if (Double.isFinite(off)) {
        squares += off * off;
        all += value * value;
        element = Math.max(element, off);
      }
    }
    double norm = squares == 0 ? 0 : Math.sqrt(squares / all);
    return new Move(norm, element, n == 0 ? 0 : Math.sqrt(all / n), Math.sqrt(all), step);
  }

  /** A tolerance, widened for a value by what that moved, or by a step where it did not. */
  public Tolerance widened(String value, Tolerance tolerance) {
    Move move = moves.get(value);
    if (move == null || move.rms() == 0 || move.element() + move.step() == 0) {
      return tolerance;
    }
    double norm = Math.max(move.norm(), move.step() / move.length());
    return tolerance.moved(norm, Math.max(move.element(), move.step()), move.rms());
  }

  /** What a check tells of it: nothing where nothing moved. */
  public Optional<String> note() {
    return largest == 0
        ? Optional.empty()
        : Optional.of(
            ("quantised values move by up to %.1e (relative L2) when their scales do by %.0e, as"
                    + " float32 may be off; each may lie off by %d times what it moved itself, in"
                    + " its norm and in its elements")
                .formatted(largest, NUDGE, Tolerance.OF_DRIFT));
  }
}
