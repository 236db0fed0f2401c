package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Lack;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.TrainingOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.onnx.internal.codec.AttributeCodec;
import dev.sardonyx.onnx.internal.codec.OriginCodec;
import dev.sardonyx.onnx.internal.gradient.Gradient;
import dev.sardonyx.onnx.internal.gradient.Recorder;
import dev.sardonyx.onnx.internal.names.FreshNames;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gradient: the nodes that compute the derivatives stand in its place. It names the values that it
 * differentiates; given others for them, the nodes between are there once more. Source: ONNX
 * Gradient-1 of ai.onnx.preview.training.
 */
final class GradientReader implements Recorder {
  private final String name;
  private final Origin origin;
  private final NodeLimit limit;
  private final Scope scope;
  private final FreshNames names;
  private final List<Node> nodes = new ArrayList<>();

  private GradientReader(NodeProto proto, NodeLimit limit, Scope scope, FreshNames names) {
    this.limit = limit;
    this.scope = scope;
    this.names = names;
    name = proto.getName().isEmpty() ? "gradient" : proto.getName();
    origin = OriginCodec.decode(proto);
  }

  /**
   * The nodes that stand for one.
   *
   * @param forward what computes the values of the graph
   * @throws SardonyxException ARGUMENT for inputs and outputs that are not those that it names,
   *     UNSUPPORTED naming the first operator whose derivative is not known
   */
  static List<Node> read(
      NodeProto proto, Forward forward, NodeLimit limit, Scope scope, FreshNames names) {
    var reader = new GradientReader(proto, limit, scope, names);
    Attributes attributes =
        AttributeCodec.decode(
            proto.getAttributeList(),
            _ -> {
              throw new SardonyxException(ErrorCode.ARGUMENT, "Gradient has no graphs");
            });
    List<String> xs = attributes.strings("xs");
    List<String> leaves = Stream.concat(xs.stream(), attributes.strings("zs").stream()).toList();
    if (leaves.size() != proto.getInputCount()
        || proto.getOutputCount() > xs.size()
        || leaves.size() != leaves.stream().distinct().count()) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "Gradient takes a value for each of xs and zs and gives one for each of xs, found "
              + "%d inputs and %d outputs for xs = %s, zs = %s"
                  .formatted(
                      proto.getInputCount(),
                      proto.getOutputCount(),
                      xs,
                      leaves.subList(xs.size(), leaves.size())));
    }
    String target = attributes.string("y", "");
    leaves.forEach(scope::use);
    if (target.isEmpty() || leaves.contains("")) {
      throw new SardonyxException(ErrorCode.ARGUMENT, "Gradient must name values in y, xs and zs");
    }
    reader.read(proto, xs.size(), leaves, target, forward.nodes(target, leaves));
    return reader.nodes;
  }

  private void read(
      NodeProto proto, int count, List<String> leaves, String target, List<Node> forward) {
    Value y = scope.use(target);
    List<Value> given = proto.getInputList().stream().map(scope::use).toList();
    if (!proto.getInputList().equals(leaves)) {
      Map<String, Value> values = new HashMap<>();
      for (int i = 0; i < leaves.size(); i++) {
        values.put(leaves.get(i), add(new UnaryOp.Identity(), given.get(i)));
      }
      given = leaves.stream().map(leaf -> get(values, leaf)).toList();
      forward = again(forward, values);
      y = values.getOrDefault(target, y);
    }
    List<Value> derivatives = Gradient.of(forward, y, given.subList(0, count), this);
    for (int i = 0; i < proto.getOutputCount(); i++) {
      if (!proto.getOutput(i).isEmpty()) {
        define(new UnaryOp.Identity(), List.of(derivatives.get(i)), List.of(proto.getOutput(i)));
      }
    }
  }

  private static Value get(Map<String, Value> values, String leaf) {
    return Optional.ofNullable(values.get(leaf)).orElseThrow();
  }

  /** The nodes once more, over other values, to which theirs are added. */
  private List<Node> again(List<Node> forward, Map<String, Value> values) {
    int first = nodes.size();
    for (Node node : forward) {
      List<Value> inputs =
          node.inputs().stream().map(v -> values.getOrDefault(v.name(), v)).toList();
      List<String> outputs =
          node.outputs().stream().map(v -> v.isPresent() ? fresh(v.name()) : "").toList();
      Node copy = define(node.op(), inputs, outputs);
      for (int i = 0; i < outputs.size(); i++) {
        values.put(node.outputs().get(i).name(), copy.outputs().get(i));
      }
      values.remove("");
    }
    return List.copyOf(nodes.subList(first, nodes.size()));
  }

  @Override
  public Value add(Op op, Value... inputs) {
    String output = fresh(op.name().toLowerCase(Locale.ROOT));
    return define(op, List.of(inputs), List.of(output)).output();
  }

  @Override
  public Value constant(String stem, DenseTensor tensor) {
    return scope.define(fresh(stem), tensor);
  }

  private String fresh(String stem) {
    return scope.freshName(name + "." + stem);
  }

  private Node define(Op op, List<Value> inputs, List<String> outputs) {
    List<Optional<Inputs.Input>> known =
        inputs.stream().map(input -> scope.known(input.name())).toList();
    if (known.stream().flatMap(Optional::stream).anyMatch(i -> i.type() instanceof UnknownType)) {
      throw SardonyxException.unsupported(
          "Gradient: the types of all values must be known, those of " + inputs + " are not",
          List.of(Lack.operator(TrainingOp.DOMAIN, "Gradient", 1)));
    }
    List<Inputs.Input> types = StepTyping.infer(op, new Inputs(op.name(), known));
    List<Value> defined = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      String output = outputs.get(i);
      defined.add(output.isEmpty() ? Value.absent() : scope.define(output, types.get(i)));
    }
    String nodeName = names.of(name + "." + op.name().toLowerCase(Locale.ROOT));
    var node = new Node(nodeName, op, inputs, Collections.unmodifiableList(defined), origin);
    nodes.add(node);
    limit.add(1);
    return node;
  }
}
