package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.compare.Bounds;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.OperatorJudge;
import dev.sardonyx.runtime.compare.Tolerance;
import dev.sardonyx.runtime.plan.ExpectedLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what came out of nodes.
 *
 * @param bounds how far values may lie off
 * @param loss what the engine loses by its options
 * @param drift how far values may move by their past
 * @param inFull whether to look at all numbers, rather than only at how they differ
 */
record NodeJudge(
    Engine engine,
    Engine reference,
    Bounds bounds,
    ExpectedLoss loss,
    QuantizationDrift drift,
    RandomValues random,
    boolean inFull) {

  /**
   * What is found of a node.
   *
   * @param found what the engine computed after its own past
   */
  NodeFinding finding(Evidence evidence, Map<String, Data> found) {
    Node node = evidence.node();
    Map<String, Data> taken = evidence.taken();
    List<Value> inputs =
        node.inputs().stream()
            .filter(Value::isPresent)
            .map(
                input ->
                    new Value(
                        input.name(),
                        EngineOutputs.named(reference.name(), taken, input.name()).type()))
            .toList();
    bounds.add(node, known(evidence));
    var judge = new OperatorJudge(node, taken);
    List<OutputFinding> outputs = new ArrayList<>();
    for (Value output : node.outputs()) {
      if (output.isPresent()) {
        outputs.add(output(evidence, output, found, judge));
      }
    }
    return new NodeFinding(node, inputs, outputs, Optional.empty());
  }

  private OutputFinding output(
      Evidence evidence, Value output, Map<String, Data> found, OperatorJudge judge) {
    Node node = evidence.node();
    String name = output.name();
    Data b = EngineOutputs.named(reference.name(), evidence.reference(), name);
    Data a = EngineOutputs.named(engine.name(), found, name);
    Data own = EngineOutputs.named(engine.name(), evidence.engine(), name);
    double past = loss.total();
    Comparison isolated = judge.compare(name, own, b, dtype -> tolerance(evidence, output, dtype));
    Comparison accumulated =
        random.contains(name)
            ? isolated
            : judge.compare(
                name,
                a,
                b,
                dtype -> drift.widened(name, bounds.ofValue(node, name, dtype).widenedByAll(past)));
    return new OutputFinding(
        new Value(name, b.type()), accumulated, isolated, numbers(a), numbers(b));
  }

  private Numbers numbers(Data data) {
    return inFull ? Numbers.of(data) : Numbers.NONE;
  }

  /** How far an output of a node alone may be off; the node has a finding. */
  Tolerance tolerance(Evidence evidence, Value output, DType dtype) {
    Node node = evidence.node();
    return bounds.ofNode(node, output, known(evidence), dtype).widened(loss.of(node));
  }

  private static Map<String, Data> known(Evidence evidence) {
    Map<String, Data> known = evidence.taken();
    known.putAll(evidence.reference());
    return known;
  }
}
