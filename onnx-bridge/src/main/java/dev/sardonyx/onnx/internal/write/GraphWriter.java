package dev.sardonyx.onnx.internal.write;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
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
  /** What the graph holds for a value of which nothing is known. */
  private static final TensorType UNTYPED = new TensorType(DType.FLOAT32, Shape.unknown());

  private final Graph graph;

  /** Untyped values that no operator of the vocabulary uses, so that their type is no claim. */
  private final Set<String> untyped = new HashSet<>();

  private GraphWriter(Graph graph) {
    this.graph = graph;
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Opaque) {
        node.outputs().stream()
            .filter(output -> output.type().equals(UNTYPED))
            .forEach(output -> untyped.add(output.name()));
      } else {
        node.inputs().forEach(input -> untyped.remove(input.name()));
      }
    }
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
        boolean said = outputs.contains(value.name()) || untyped.contains(value.name());
        if (value.isPresent() && !said) {
          result.addValueInfo(info(value));
        }
      }
    }
    return result.build();
  }

  private ValueInfoProto info(Value value) {
    var result = ValueInfoProto.newBuilder().setName(value.name());
    if (!untyped.contains(value.name())) {
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
