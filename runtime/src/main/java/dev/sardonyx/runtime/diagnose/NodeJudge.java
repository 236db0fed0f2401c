package dev.sardonyx.runtime.diagnose;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Precision;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Tolerance;
import dev.sardonyx.runtime.plan.ExpectedLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what came out of nodes.
 *
 * @param loss what the engine loses by its options
 * @param drift how far values may move by their past
 * @param inFull whether to look at all numbers, rather than only at how they differ
 */
record NodeJudge(
    Engine engine,
    Engine reference,
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
    List<OutputFinding> outputs = new ArrayList<>();
    for (Value output : node.outputs()) {
      if (output.isPresent()) {
        outputs.add(output(evidence, output.name(), found));
      }
    }
    return new NodeFinding(node, inputs, outputs, Optional.empty());
  }

  private OutputFinding output(Evidence evidence, String name, Map<String, Data> found) {
    Node node = evidence.node();
    Data b = EngineOutputs.named(reference.name(), evidence.reference(), name);
    Data a = EngineOutputs.named(engine.name(), found, name);
    Data own = EngineOutputs.named(engine.name(), evidence.engine(), name);
    double past = loss.total();
    var isolated = Comparison.of(name, own, b, dtype -> tolerance(node, dtype));
    var accumulated =
        random.contains(name)
            ? isolated
            : Comparison.of(
                name,
                a,
                b,
                dtype -> drift.widened(name, Tolerance.ofModel(dtype).widenedByAll(past)));
    return new OutputFinding(
        new Value(name, b.type()), accumulated, isolated, numbers(a), numbers(b));
  }

  private Numbers numbers(Data data) {
    return inFull ? Numbers.of(data) : Numbers.NONE;
  }

  /**
   * How far a node alone may be off. A random operator that draws nothing moves its data, as
   * Dropout does.
   */
  Tolerance tolerance(Node node, DType dtype) {
    Precision precision = node.op().precision();
    return Tolerance.ofOperator(precision == Precision.RANDOM ? Precision.EXACT : precision, dtype)
        .widened(loss.of(node));
  }
}
