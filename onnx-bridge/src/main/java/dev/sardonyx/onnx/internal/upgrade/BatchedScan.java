package dev.sardonyx.onnx.internal.upgrade;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Operators;
import dev.sardonyx.api.op.Pad;
import dev.sardonyx.api.op.Scan;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.op.Split;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Scan of opset 8, in which all values have a batch axis and sequences may have lengths of their
 * own: a Scan over the batch around a Scan of today. After its length a sequence is neither read
 * nor, but for zeros, written; a length beyond the sequence is an error as it runs. Source: ONNX
 * Scan-8.
 */
final class BatchedScan {
  private final Draft draft;
  private final Scan scan;
  private final Map<String, DenseTensor> constants = new LinkedHashMap<>();
  private final List<Node> nodes = new ArrayList<>();

  private BatchedScan(Draft draft, Scan scan) {
    this.draft = draft;
    this.scan = scan;
  }

  static void upgrade(Draft node) {
    if (!node.olderThan(9)) {
      return;
    }
    if (node.attributes().byName().get("directions") instanceof Attribute directions) {
      node.drop("directions");
      node.set("scan_input_directions", directions);
    }
    boolean fits =
        Operators.read("Scan", node.attributes()).orElseThrow() instanceof Scan scan
            && new BatchedScan(node, scan).nest();
    if (!fits) {
      node.refuse();
    }
  }

  /** Whether inputs are there for all that the body takes. */
  private boolean nest() {
    int own = scan.body().inputCount() - scan.body().captures();
    if (draft.inputs() != 1 + scan.body().inputCount()) {
      return false;
    }
    List<Value> captured = new ArrayList<>();
    for (int i = 1 + own; i < draft.inputs(); i++) {
      captured.add(new Value(draft.input(i), type(i)));
    }
    List<Value> values = new ArrayList<>();
    List<String> batches = new ArrayList<>();
    for (int i = 1; i <= own; i++) {
      batches.add(draft.input(i));
      values.add(new Value(draft.fresh("element"), element(type(i))));
    }
    if (batches.contains("")) {
      return false;
    }
    List<Value> inputs = new ArrayList<>(values);
    List<Value> outputs;
    if (draft.hasInput(0)) {
      var length = new Value(draft.fresh("length"), TensorType.of(DType.INT64, new long[0]));
      inputs.addFirst(length);
      batches.addFirst(draft.input(0));
      outputs = padded(values, captured, length);
    } else {
      outputs = add(scan, scan.body().outputCount(), join(values, captured));
    }
    inputs.addAll(captured);
    Graph body = new Graph("batch", inputs, outputs, nodes, constants, Map.of());
    draft.become(
        "Scan",
        Attributes.none()
            .with("body", new Attribute.Subgraph(new GraphBody(typed(body), captured.size())))
            .with("num_scan_inputs", Attribute.of(batches.size())));
    draft.inputs(
        Stream.concat(batches.stream(), captured.stream().map(Value::name)).toArray(String[]::new));
    return true;
  }

  private static Graph typed(Graph body) {
    boolean unknown = body.inputs().stream().anyMatch(v -> v.type() instanceof UnknownType);
    return unknown ? body : GraphInference.infer(body);
  }

  /** The outputs of the inner Scan over the first elements of each sequence. */
  private List<Value> padded(List<Value> values, List<Value> captured, Value length) {
    int carried = scan.carried();
    Value zero = vector(0);
    Value size = one(new AxesOp.Unsqueeze(), length, zero);
    Value whole = one(new ShapeOf(0, OptionalLong.of(1)), values.get(carried));
    Value rest = one(new BinaryOp.Sub(), whole, size);
    Value sizes = one(new Concat(0), size, rest);
    List<Value> cut = new ArrayList<>(values.subList(0, carried));
    for (Value sequence : values.subList(carried, values.size())) {
      cut.add(add(new Split(0, 0), 2, List.of(sequence, sizes)).getFirst());
    }
    List<Value> results = add(scan, scan.body().outputCount(), join(cut, captured));
    Value pads = one(new Concat(0), zero, rest);
    List<Value> outputs = new ArrayList<>(results.subList(0, carried));
    for (Value output : results.subList(carried, results.size())) {
      outputs.add(one(new Pad(Pad.Mode.CONSTANT), output, pads, Value.absent(), zero));
    }
    return outputs;
  }

  private ValueType type(int input) {
    return draft.known(input).map(Inputs.Input::type).orElseGet(UnknownType::new);
  }

  /** The type of one element of a batch; bodies are read with sizes left open, and so is this. */
  private static ValueType element(ValueType type) {
    if (!(type instanceof TensorType tensor) || !tensor.shape().isKnown() || tensor.rank() == 0) {
      return type;
    }
    return tensor.withShape(
        Shape.of(Collections.<Dim>nCopies(tensor.rank() - 1, new Dim.Unknown())));
  }

  private static List<Value> join(List<Value> first, List<Value> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private Value vector(long element) {
    DenseTensor tensor = Tensor.of(new long[] {element}, 1).dense();
    String name = draft.fresh("zero");
    constants.put(name, tensor);
    return new Value(name, tensor.type());
  }

  private Value one(Op op, Value... inputs) {
    return add(op, 1, List.of(inputs)).getFirst();
  }

  private List<Value> add(Op op, int count, List<Value> inputs) {
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      outputs.add(new Value(draft.fresh(op.name().toLowerCase(Locale.ROOT)), new UnknownType()));
    }
    String name = outputs.isEmpty() ? op.name() : outputs.getFirst().name();
    nodes.add(new Node(name, op, inputs, outputs, Origin.unknown()));
    return outputs;
  }
}
