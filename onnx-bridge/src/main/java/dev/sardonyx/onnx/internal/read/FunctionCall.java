package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.onnx.internal.proto.AttributeProto;
import dev.sardonyx.onnx.internal.proto.FunctionProto;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import dev.sardonyx.onnx.internal.proto.SparseTensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** One call of a function of the model's own. Source: ONNX IR specification, functions. */
final class FunctionCall {
  private final FunctionProto function;
  private final NodeProto call;
  private final UnaryOperator<String> fresh;
  private final Map<String, AttributeProto> attributes = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final List<NodeProto> copies = new ArrayList<>();

  private FunctionCall(FunctionProto function, NodeProto call, UnaryOperator<String> fresh) {
    this.function = function;
    this.call = call;
    this.fresh = fresh;
  }

  /**
   * The nodes of a function in order, with the values and attributes of the node that calls it.
   * Errors: GRAPH when it does not fit.
   *
   * @param fresh a name that nothing has, for a stem
   */
  static List<NodeProto> nodes(
      FunctionProto function, NodeProto call, UnaryOperator<String> fresh) {
    return new FunctionCall(function, call, fresh).nodes();
  }

  private List<NodeProto> nodes() {
    requireFit();
    function.getAttributeProtoList().forEach(given -> attributes.put(given.getName(), given));
    call.getAttributeList().forEach(given -> attributes.put(given.getName(), given));
    for (int i = 0; i < function.getInputCount(); i++) {
      names.put(function.getInput(i), i < call.getInputCount() ? call.getInput(i) : "");
    }
    for (int i = 0; i < call.getOutputCount(); i++) {
      output(function.getOutput(i), call.getOutput(i));
    }
    List<NodeProto> result = new ArrayList<>();
    for (NodeProto node : NodeOrder.sort(function.getNodeList())) {
      String name = node.getName().isEmpty() ? node.getOpType() : node.getName();
      result.add(rewritten(node, names).toBuilder().setName(stem() + "/" + name).build());
    }
    result.addAll(copies);
    return result;
  }

  private void requireFit() {
    boolean fits =
        call.getInputCount() <= function.getInputCount()
            && call.getOutputCount() <= function.getOutputCount();
    if (!fits) {
      throw new SardonyxException(
          ErrorCode.GRAPH,
          "function "
              + function.getName()
              + " has "
              + function.getInputCount()
              + " inputs and "
              + function.getOutputCount()
              + " outputs, the call "
              + call.getInputCount()
              + " and "
              + call.getOutputCount());
    }
  }

  /** An output that is an input, or an output already, is copied. */
  private void output(String inner, String outer) {
    if (outer.isEmpty()) {
      return;
    }
    if (names.containsKey(inner)) {
      copies.add(
          NodeProto.newBuilder()
              .setOpType("Identity")
              .addInput(names.getOrDefault(inner, ""))
              .addOutput(outer)
              .build());
    } else {
      names.put(inner, outer);
    }
  }

  private String outer(String inner, Map<String, String> known) {
    if (inner.isEmpty()) {
      return inner;
    }
    return known.computeIfAbsent(inner, name -> fresh.apply(stem() + "/" + name));
  }

  private String stem() {
    return call.getName().isEmpty() ? call.getOpType() : call.getName();
  }

  private NodeProto rewritten(NodeProto node, Map<String, String> known) {
    var result = node.toBuilder().clearInput().clearOutput().clearAttribute();
    node.getInputList().forEach(name -> result.addInput(outer(name, known)));
    node.getOutputList().forEach(name -> result.addOutput(outer(name, known)));
    rewritten(node.getAttributeList(), known).forEach(result::addAttribute);
    return GradientNames.renamed(result.build(), value -> outer(value, known));
  }

  /** Attributes that refer to those of the call take their values; without one they are absent. */
  private List<AttributeProto> rewritten(List<AttributeProto> given, Map<String, String> known) {
    List<AttributeProto> result = new ArrayList<>();
    for (AttributeProto attribute : given) {
      AttributeProto value =
          attribute.getRefAttrName().isEmpty()
              ? withGraphs(attribute, known)
              : attributes.get(attribute.getRefAttrName());
      if (value != null) {
        result.add(value.toBuilder().setName(attribute.getName()).build());
      }
    }
    return result;
  }

  private AttributeProto withGraphs(AttributeProto value, Map<String, String> known) {
    return value.hasG() ? value.toBuilder().setG(rewritten(value.getG(), known)).build() : value;
  }

  /** A graph within: its own values are renamed as well, for one may be named as one around it. */
  private GraphProto rewritten(GraphProto graph, Map<String, String> around) {
    Map<String, String> known = new HashMap<>(around);
    for (String own : Subgraphs.own(graph)) {
      known.put(own, own.isEmpty() ? own : fresh.apply(own));
    }
    var result = graph.toBuilder().clearNode();
    graph.getNodeList().forEach(node -> result.addNode(rewritten(node, known)));
    result.getInputBuilderList().forEach(value -> value.setName(outer(value.getName(), known)));
    result.getOutputBuilderList().forEach(value -> value.setName(outer(value.getName(), known)));
    result.getValueInfoBuilderList().forEach(value -> value.setName(outer(value.getName(), known)));
    result
        .getInitializerBuilderList()
        .forEach(tensor -> tensor.setName(outer(tensor.getName(), known)));
    for (SparseTensorProto.Builder tensor : result.getSparseInitializerBuilderList()) {
      tensor.getValuesBuilder().setName(outer(tensor.getValues().getName(), known));
    }
    return result.build();
  }
}
