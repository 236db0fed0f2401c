package dev.sardonyx.onnx.internal.write;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.onnx.internal.codec.AttributeCodec;
import dev.sardonyx.onnx.internal.codec.OriginCodec;
import dev.sardonyx.onnx.internal.codec.TensorCodec;
import dev.sardonyx.onnx.internal.codec.TypeCodec;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import dev.sardonyx.onnx.internal.proto.ValueInfoProto;
import java.util.HashSet;
import java.util.Set;

/** A graph's message. */
final class GraphWriter {

  private final Graph graph;

  private GraphWriter(Graph graph) {
    this.graph = graph;
  }

  /** The message; origins go to node metadata, or to doc strings where there is none. */
  static GraphProto write(Graph graph, boolean nodeMetadata) {
    return new GraphWriter(graph).write(nodeMetadata);
  }

  private GraphProto write(boolean nodeMetadata) {
    var result = GraphProto.newBuilder().setName(graph.name());
    graph
        .initializers()
        .forEach((name, tensor) -> result.addInitializer(TensorCodec.encode(name, tensor)));
    graph.inputs().forEach(input -> result.addInput(info(input)));
    graph.outputs().forEach(output -> result.addOutput(info(output)));
    Set<String> outputs = new HashSet<>();
    graph.outputs().forEach(output -> outputs.add(output.name()));
    for (Node node : graph.nodes()) {
      result.addNode(node(node, nodeMetadata));
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

  private static NodeProto node(Node node, boolean metadata) {
    var result =
        NodeProto.newBuilder()
            .setName(node.name())
            .setOpType(node.op().name())
            .setDomain(node.op().domain());
    node.inputs().forEach(input -> result.addInput(input.name()));
    node.outputs().forEach(output -> result.addOutput(output.name()));
    node.op()
        .attributes()
        .byName()
        .forEach((name, value) -> result.addAttribute(AttributeCodec.encode(name, value)));
    OriginCodec.encode(node.origin(), result, metadata);
    return result.build();
  }
}
