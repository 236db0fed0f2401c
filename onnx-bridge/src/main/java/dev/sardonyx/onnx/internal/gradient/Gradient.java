package dev.sardonyx.onnx.internal.gradient;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The derivatives of a value, of the sum of its elements where it has more than one, by other
 * values: nodes are gone through from the last to the first, each handing its derivative on to its
 * inputs. Source: ONNX Gradient; reverse-mode differentiation.
 */
public final class Gradient {
  private final Recorder recorder;
  private final Set<String> varying = new HashSet<>();
  private final Map<String, Value> derivatives = new HashMap<>();

  private Gradient(Recorder recorder) {
    this.recorder = recorder;
  }

  /**
   * The derivatives of y by each of xs, of their shapes; zeros for what y does not depend on.
   *
   * @param nodes those that y is computed by, in order
   * @throws dev.sardonyx.api.error.SardonyxException UNSUPPORTED for an operator whose derivative
   *     is not known, or shapes that leave open what was broadcast
   */
  public static List<Value> of(List<Node> nodes, Value y, List<Value> xs, Recorder recorder) {
    return new Gradient(recorder).differentiate(nodes, y, xs);
  }

  private List<Value> differentiate(List<Node> nodes, Value y, List<Value> xs) {
    xs.forEach(x -> varying.add(x.name()));
    List<Node> path = new ArrayList<>();
    for (Node node : nodes) {
      if (node.inputs().stream().anyMatch(this::varies)) {
        path.add(node);
        node.outputs().stream().filter(Gradient::isReal).forEach(v -> varying.add(v.name()));
      }
    }
    if (varies(y)) {
      derivatives.put(y.name(), Parts.filled(1, y, recorder));
    }
    path.reversed().forEach(this::handOn);
    return xs.stream().map(this::derivative).toList();
  }

  private Value derivative(Value x) {
    Value known = derivatives.get(x.name());
    return known == null ? Parts.filled(0, x, recorder) : known;
  }

  /** Integers and truth values do not change by little. */
  private static boolean isReal(Value value) {
    return value.isPresent()
        && !(value.type() instanceof TensorType tensor && !tensor.dtype().isFloat());
  }

  private boolean varies(Value value) {
    return varying.contains(value.name());
  }

  private void handOn(Node node) {
    if (node.outputs().stream().noneMatch(output -> derivatives.containsKey(output.name()))) {
      return;
    }
    var parts = new Parts(node, derivatives, varying, recorder);
    if (node.outputs().stream().filter(Value::isPresent).count() > 1
        || !Derivatives.handOn(node.op(), parts)) {
      throw parts.because("its derivative is not known");
    }
    parts.handed().forEach(each -> add(each.getKey(), each.getValue()));
  }

  private void add(String name, Value derivative) {
    Value earlier = derivatives.get(name);
    derivatives.put(
        name, earlier == null ? derivative : recorder.add(new BinaryOp.Add(), earlier, derivative));
  }
}
