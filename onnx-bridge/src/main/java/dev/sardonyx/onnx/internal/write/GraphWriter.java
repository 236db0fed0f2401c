package dev.sardonyx.onnx.internal.write;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Body;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.onnx.internal.codec.AttributeCodec;
import dev.sardonyx.onnx.internal.codec.OriginCodec;
import dev.sardonyx.onnx.internal.codec.TypeCodec;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import dev.sardonyx.onnx.internal.proto.ValueInfoProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A graph's message. */
final class GraphWriter {

  private final Graph graph;

  private final boolean nodeMetadata;

  private final Weights weights;

  private GraphWriter(Graph graph, boolean nodeMetadata, Weights weights) {
    this.graph = graph;
    this.nodeMetadata = nodeMetadata;
    this.weights = weights;
  }

  /** The message; origins go to node metadata, or to doc strings where there is none. */
  static GraphProto write(Graph graph, boolean nodeMetadata, Weights weights) {
    return new GraphWriter(graph, nodeMetadata, weights).write(graph.inputs());
  }

  /** A graph within a node takes what is around it by name, and not as inputs. */
  private GraphProto body(Node node, Body body) {
    Graph inner = ((GraphBody) body).graph();
    int own = inner.inputs().size() - body.captures();
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < body.captures(); i++) {
      String outer = node.inputs().get(node.inputs().size() - body.captures() + i).name();
      names.put(inner.inputs().get(own + i).name(), outer);
    }
    Graph renamed = Renaming.of(inner, names);
    return new GraphWriter(renamed, nodeMetadata, weights).write(renamed.inputs().subList(0, own));
  }

  private GraphProto write(List<Value> inputs) {
    var result = GraphProto.newBuilder().setName(graph.name());
    graph
        .initializers()
        .forEach((name, tensor) -> result.addInitializer(weights.encode(name, tensor)));
    inputs.forEach(input -> result.addInput(info(input)));
    graph.outputs().forEach(output -> result.addOutput(info(output)));
    Set<String> outputs = new HashSet<>();
    graph.outputs().forEach(output -> outputs.add(output.name()));
    for (Node node : graph.nodes()) {
      result.addNode(node(node));
      for (Value value : node.outputs()) {
        boolean typed = value.isPresent() && !(value.type() instanceof UnknownType);
        if (typed && !outputs.contains(value.name())) {
          result.addValueInfo(info(value));
        }
      }
    }
    return result.build();
  }

  private ValueInfoProto info(Value value) {
    var result = ValueInfoProto.newBuilder().setName(value.name());
    if (!(value.type() instanceof UnknownType)) {
      result.setType(TypeCodec.encode(value.type()));
    }
    return result.build();
  }

  private NodeProto node(Node node) {
    var result =
        NodeProto.newBuilder()
            .setName(node.name())
            .setOpType(node.op().name())
            .setDomain(node.op().domain());
    node.ownInputs().forEach(input -> result.addInput(input.name()));
    node.outputs().forEach(output -> result.addOutput(output.name()));
    node.op()
        .attributes()
        .byName()
        .forEach(
            (name, value) ->
                result.addAttribute(AttributeCodec.encode(name, value, body -> body(node, body))));
    OriginCodec.encode(node.origin(), result, nodeMetadata);
    return result.build();
  }
}
