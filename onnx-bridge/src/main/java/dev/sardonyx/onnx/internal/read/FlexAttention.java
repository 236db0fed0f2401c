package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.onnx.internal.proto.AttributeProto;
import dev.sardonyx.onnx.internal.proto.FunctionProto;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import dev.sardonyx.onnx.internal.proto.SparseTensorProto;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Attention whose scores and probabilities pass through graphs of its own: the nodes that it stands
 * for. Q, K and V are (batch, heads, sequence, size); heads of K and V are shared by as many heads
 * of Q, side by side. Source: ONNX ai.onnx.preview FlexAttention.
 */
final class FlexAttention {
  /** More nodes than one becomes, those of its graphs not counted. */
  static final int NODES = 40;

  private static final String DOMAIN = "ai.onnx.preview";
  private static final Map<String, AttributeProto.AttributeType> ATTRIBUTES =
      Map.of(
          "scale", AttributeProto.AttributeType.FLOAT,
          "softmax_precision", AttributeProto.AttributeType.INT,
          "score_mod", AttributeProto.AttributeType.GRAPH,
          "prob_mod", AttributeProto.AttributeType.GRAPH);

  private final NodeProto call;
  private final UnaryOperator<String> fresh;
  private final List<Part> parts = new ArrayList<>();

  /**
   * A node that it stands for.
   *
   * @param given whether the file wrote it, for the operator sets that it imports; else for the
   *     newest
   */
  record Part(NodeProto node, boolean given) {}

  private FlexAttention(NodeProto call, UnaryOperator<String> fresh) {
    this.call = call;
    this.fresh = fresh;
  }

  static boolean isCalled(NodeProto node) {
    return node.getOpType().equals("FlexAttention") && node.getDomain().equals(DOMAIN);
  }

  /**
   * The nodes of a call in order. Errors: ARGUMENT for what does not fit.
   *
   * @param type of Q, K and V
   * @param fresh a name that nothing has, for a stem
   */
  static List<Part> parts(NodeProto call, DType type, UnaryOperator<String> fresh) {
    var attention = new FlexAttention(call, fresh);
    attention.check(type);
    attention.build(type);
    return attention.parts;
  }

  private void check(DType type) {
    boolean whole =
        call.getInputCount() == 3
            && call.getOutputCount() == 1
            && call.getInputList().stream().noneMatch(String::isEmpty);
    if (!whole) {
      throw error("Q, K and V give Y: three inputs and one output are needed");
    }
    if (!Inputs.FLOATS.contains(type)) {
      throw error("Q must be of a float type, found " + type);
    }
    for (AttributeProto attribute : call.getAttributeList()) {
      AttributeProto.AttributeType expected = ATTRIBUTES.get(attribute.getName());
      if (expected == null) {
        throw error("unknown attribute " + attribute.getName());
      }
      if (attribute.getType() != expected) {
        throw error(
            "%s must be of type %s, found %s"
                .formatted(attribute.getName(), expected, attribute.getType()));
      }
    }
  }

  private void build(DType type) {
    DType precision = precision(type);
    String root = add("Cast", List.of(rootOfScale()), integer("to", type.onnxCode()));
    String q = add("Mul", List.of(call.getInput(0), root));
    String k = add("Mul", List.of(spread(call.getInput(1)), root));
    String turned = add("Transpose", List.of(k), integers("perm", 0, 1, 3, 2));
    String product = add("MatMul", List.of(q, turned));
    AttributeProto to = integer("to", precision.onnxCode());
    String scores = modified("score_mod", add("Cast", List.of(product), to));
    String softmax = add("Softmax", List.of(scores), integer("axis", 3));
    String weights = modified("prob_mod", softmax);
    String values = add("Cast", List.of(spread(call.getInput(2))), to);
    String y = add("MatMul", List.of(weights, values));
    define(call.getOutput(0), "Cast", List.of(y), List.of(integer("to", type.onnxCode())));
  }

  /** The type that scores have: float for all but double, where none is given. */
  private DType precision(DType type) {
    DType result =
        attribute("softmax_precision")
            .map(given -> DType.ofOnnxCode(Math.clamp(given.getI(), 0, Integer.MAX_VALUE)))
            .orElse(type == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32);
    if (!Inputs.FLOATS.contains(result)) {
      throw error("softmax_precision must be one of " + Inputs.FLOATS + ", found " + result);
    }
    return result;
  }

  /** Q and K are multiplied by it both, which keeps their product small. */
  private String rootOfScale() {
    Optional<AttributeProto> scale = attribute("scale");
    if (scale.isPresent()) {
      String given = constant(AttributeProto.newBuilder(scale.get()).setName("value_float"));
      return add("Sqrt", List.of(given));
    }
    String size = add("Cast", List.of(size(call.getInput(0), 3)), integer("to", 1));
    return add("Sqrt", List.of(add("Reciprocal", List.of(add("Sqrt", List.of(size))))));
  }

  /** K or V with a head for each of Q. */
  private String spread(String heads) {
    String q = call.getInput(0);
    String own = size(heads, 1);
    String all = size(q, 1);
    String group = add("Div", List.of(all, own));
    String batch = size(heads, 0);
    String rest = add("Shape", List.of(heads), integer("start", 2));
    AttributeProto first = integer("axis", 0);
    String wide = add("Concat", List.of(batch, own, group, rest), first);
    String narrow = add("Concat", List.of(batch, all, rest), first);
    String split =
        add("Unsqueeze", List.of(heads, constant(integers("value_ints", 2).toBuilder())));
    return add("Reshape", List.of(add("Expand", List.of(split, wide)), narrow));
  }

  private String size(String tensor, int axis) {
    return add("Shape", List.of(tensor), integer("start", axis), integer("end", axis + 1));
  }

  /** What a graph makes of a tensor; that itself where there is none. */
  private String modified(String name, String tensor) {
    Optional<AttributeProto> given = attribute(name);
    if (given.isEmpty()) {
      return tensor;
    }
    GraphProto graph = given.get().getG();
    if (graph.getInputCount() != 1 || graph.getOutputCount() != 1) {
      throw error(
          "%s must have one input and one output, found %d and %d"
              .formatted(name, graph.getInputCount(), graph.getOutputCount()));
    }
    var single = NodeProto.newBuilder().addAttribute(given.get()).build();
    Set<String> captured = Subgraphs.captures(single);
    var function =
        FunctionProto.newBuilder()
            .setName(name)
            .addInput(graph.getInput(0).getName())
            .addAllInput(captured)
            .addOutput(graph.getOutput(0).getName());
    graph.getInitializerList().forEach(value -> function.addNode(constant(value)));
    graph.getSparseInitializerList().forEach(value -> function.addNode(constant(value)));
    function.addAllNode(graph.getNodeList());
    String result = fresh.apply(stem() + "/" + name);
    var inner =
        NodeProto.newBuilder()
            .setName(stem() + "/" + name)
            .addInput(tensor)
            .addAllInput(captured)
            .addOutput(result)
            .build();
    FunctionCall.nodes(function.build(), inner, fresh)
        .forEach(node -> parts.add(new Part(node, true)));
    return result;
  }

  private static NodeProto constant(TensorProto value) {
    return constant(
        value.getName(),
        AttributeProto.newBuilder()
            .setName("value")
            .setType(AttributeProto.AttributeType.TENSOR)
            .setT(value));
  }

  private static NodeProto constant(SparseTensorProto value) {
    return constant(
        value.getValues().getName(),
        AttributeProto.newBuilder()
            .setName("sparse_value")
            .setType(AttributeProto.AttributeType.SPARSE_TENSOR)
            .setSparseTensor(value));
  }

  private static NodeProto constant(String output, AttributeProto.Builder value) {
    return NodeProto.newBuilder()
        .setOpType("Constant")
        .addOutput(output)
        .addAttribute(value)
        .build();
  }

  private String constant(AttributeProto.Builder value) {
    return add("Constant", List.of(), value.build());
  }

  private String add(String operator, List<String> inputs, AttributeProto... attributes) {
    String output = fresh.apply(stem() + "/" + operator);
    define(output, operator, inputs, List.of(attributes));
    return output;
  }

  private void define(
      String output, String operator, List<String> inputs, List<AttributeProto> attributes) {
    NodeProto node =
        NodeProto.newBuilder()
            .setName(stem() + "/" + operator)
            .setOpType(operator)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(attributes)
            .build();
    parts.add(new Part(node, false));
  }

  private String stem() {
    return call.getName().isEmpty() ? call.getOpType() : call.getName();
  }

  private Optional<AttributeProto> attribute(String name) {
    return call.getAttributeList().stream().filter(each -> each.getName().equals(name)).findFirst();
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto integers(String name, long... values) {
    var result =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      result.addInts(value);
    }
    return result.build();
  }

  private static SardonyxException error(String reason) {
    return new SardonyxException(ErrorCode.ARGUMENT, "FlexAttention: " + reason);
  }
}
