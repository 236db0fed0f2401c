package dev.sardonyx.runtime.check;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Precision;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Tolerance;
import dev.sardonyx.runtime.plan.ExpectedLoss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares two engines node by node, each node with its whole past and alone. A node with graphs of
 * its own, such as a Loop, is one node.
 */
final class NodeCheck {
  /** Of no nodes. */
  static final Result NONE = new Result(0, Optional.empty(), List.of());

  /**
   * What was found.
   *
   * @param compared how many nodes were compared, up to the first that differs
   * @param notes nodes that were left out, and why
   */
  record Result(int compared, Optional<Divergence> divergence, List<String> notes) {}

  private final Graph graph;
  private final Engine engine;
  private final Engine reference;
  private final ExpectedLoss loss;
  private final QuantizationDrift drift;
  private final RandomValues random;

  /**
   * With options by which the engine may lose something.
   *
   * @param drift how far values may move by their past
   */
  NodeCheck(
      Graph graph, Engine engine, Engine reference, ExpectedLoss loss, QuantizationDrift drift) {
    this.loss = loss;
    this.drift = drift;
    this.graph = graph;
    this.engine = engine;
    this.reference = reference;
    this.random = RandomValues.of(graph);
  }

  /** Finds the first node whose own error, or the error that arrives there, is too large. */
  Result run(Map<String, Data> inputs) {
    var found = ExposedValues.of(engine, graph, inputs);
    var expected = ExposedValues.of(reference, graph, inputs);
    Map<String, Data> known = new LinkedHashMap<>(graph.initializers());
    known.putAll(inputs);
    known.putAll(expected.values());
    List<String> notes = new ArrayList<>();
    int compared = 0;
    for (Node node : graph.nodes()) {
      Optional<String> reason =
          leftOut(node, engine, found).or(() -> leftOut(node, reference, expected));
      if (reason.isPresent()) {
        notes.add("node " + node.name() + " (" + node.op().name() + ") is " + reason.get());
        continue;
      }
      compared++;
      Optional<Divergence> divergence = compare(node, found.values(), known);
      if (divergence.isPresent()) {
        return new Result(compared, divergence, notes);
      }
    }
    return new Result(compared, Optional.empty(), notes);
  }

  /** Why a node cannot be compared, if so. */
  private Optional<String> leftOut(Node node, Engine on, ExposedValues values) {
    if (random.drawnBy(node)) {
      return Optional.of("not compared: it draws random numbers");
    }
    return Stream.concat(node.inputs().stream(), node.outputs().stream())
        .map(Value::name)
        .filter(values.missing()::containsKey)
        .findFirst()
        .map(
            name ->
                "not compared: engine "
                    + on.name()
                    + " gives no value for "
                    + name
                    + ": "
                    + values.missing().get(name));
  }

  private Optional<Divergence> compare(
      Node node, Map<String, Data> found, Map<String, Data> known) {
    Map<String, Data> alone = runAlone(node, known);
    for (Value output : present(node.outputs())) {
      String name = output.name();
      Data b = CrossCheck.output(reference.name(), known, name);
      Data a = CrossCheck.output(engine.name(), found, name);
      double all = loss.total();
      var accumulated =
          Comparison.of(
              name, a, b, dtype -> drift.widened(name, Tolerance.ofModel(dtype).widenedByAll(all)));
      Data own = CrossCheck.output(engine.name(), alone, name);
      var isolated =
          Comparison.of(name, own, b, dtype -> tolerance(node, dtype).widened(loss.of(node)));
      boolean arrived = random.contains(name) || accumulated.passes();
      if (!arrived || !isolated.passes()) {
        return Optional.of(new Divergence(node, output, accumulated, isolated));
      }
    }
    return Optional.empty();
  }

  /** A random operator that draws nothing moves its data, as Dropout does. */
  private static Tolerance tolerance(Node node, DType dtype) {
    Precision precision = node.op().precision();
    return Tolerance.ofOperator(precision == Precision.RANDOM ? Precision.EXACT : precision, dtype);
  }

  private static List<Value> present(List<Value> values) {
    return values.stream().filter(Value::isPresent).toList();
  }

  /**
   * The node as a graph of its own. Constants stay constants, because engines prepare them; so do
   * integers, because they may be shapes, which engines want to know beforehand.
   */
  private Map<String, Data> runAlone(Node node, Map<String, Data> known) {
    Map<String, DenseTensor> constants = new LinkedHashMap<>();
    Map<String, Value> given = new LinkedHashMap<>();
    Map<String, Data> values = new LinkedHashMap<>();
    for (Value input : present(node.inputs())) {
      String name = input.name();
      Data value = CrossCheck.output(reference.name(), known, name);
      if (value instanceof Tensor tensor
          && (isWhole(tensor.dtype()) || graph.initializers().containsKey(name))) {
        constants.put(name, tensor.dense());
      } else {
        given.put(name, new Value(name, value.type()));
        values.put(name, value);
      }
    }
    var alone =
        new Graph(
            node.name(),
            List.copyOf(given.values()),
            present(node.outputs()),
            List.of(node),
            constants,
            Map.of());
    try (Session session = engine.open(alone, SessionOptions.defaults().threads(1))) {
      return session.runData(values);
    } catch (SardonyxException error) {
      throw error.at(node.place() + " by itself");
    }
  }

  private static boolean isWhole(DType dtype) {
    return dtype == DType.INT64 || dtype == DType.INT32;
  }
}
