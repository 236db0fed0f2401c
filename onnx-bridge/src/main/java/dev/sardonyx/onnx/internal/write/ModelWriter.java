package dev.sardonyx.onnx.internal.write;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphChecker;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.onnx.internal.codec.OriginCodec;
import dev.sardonyx.onnx.internal.codec.TensorCodec;
import dev.sardonyx.onnx.internal.expand.GraphExpansion;
import dev.sardonyx.onnx.internal.expand.GraphOpsets;
import dev.sardonyx.onnx.internal.opset.FileVersions;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.ModelProto;
import dev.sardonyx.onnx.internal.proto.OperatorSetIdProto;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The outermost message: a graph with what readers must know to understand it. */
public final class ModelWriter {
  private static final String PRODUCER = "sardonyx";

  /** Fixed, so that the same graph gives the same bytes from a jar and from a build folder. */
  private static final String PRODUCER_VERSION = "0.1";

  /** What names, shapes and nodes may take beside the weights. */
  private static final long ROOM_FOR_STRUCTURE = 64L << 20;

  private ModelWriter() {}

  /**
   * The message of a graph. Errors: what is wrong with the graph; ARGUMENT for an opset outside 7
   * to 27; UNSUPPORTED naming all nodes that the opset does not have; LIMIT beyond 2 GiB.
   */
  public static ModelProto model(Graph graph, int opset) {
    if (!fits(graph)) {
      throw new SardonyxException(
          ErrorCode.LIMIT,
          "the weights exceed 2 GiB, which is what an ONNX file holds; written to a file they lie"
              + " in another beside it");
    }
    return model(graph, opset, TensorCodec::encode);
  }

  /** The same with the data of constants elsewhere. Errors: as there. */
  public static ModelProto model(Graph whole, int opset, Weights weights) {
    GraphOpsets.require(whole, opset);
    Graph graph = GraphExpansion.of(whole, opset);
    GraphChecker.check(graph);
    int version = Math.max(FileVersions.ofOpset(opset), typeVersion(graph));
    GraphProto proto = GraphWriter.write(graph, version >= FileVersions.NODE_METADATA, weights);
    var model =
        ModelProto.newBuilder()
            .setIrVersion(version)
            .setProducerName(PRODUCER)
            .setProducerVersion(PRODUCER_VERSION)
            .setGraph(proto)
            .addAllMetadataProps(OriginCodec.entries(graph.metadata()));
    domains(graph, opset)
        .forEach(
            (domain, since) ->
                model.addOpsetImport(
                    OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(since)));
    return model.build();
  }

  /** Whether a graph's weights and its structure fit into one file. */
  public static boolean fits(Graph graph) {
    long bytes = graph.initializers().values().stream().mapToLong(DenseTensor::byteSize).sum();
    return bytes <= Integer.MAX_VALUE - ROOM_FOR_STRUCTURE;
  }

  /** Domains by name. A domain's version is that of its newest node. */
  private static Map<String, Integer> domains(Graph graph, int opset) {
    var result = new TreeMap<String, Integer>(Map.of("", opset));
    GraphOpsets.allNodes(graph)
        .map(Node::op)
        .filter(op -> !op.domain().isEmpty())
        .forEach(op -> result.merge(op.domain(), op.sinceOpset(), Math::max));
    return result;
  }

  private static int typeVersion(Graph graph) {
    Stream<ValueType> values =
        Stream.concat(
                graph.inputs().stream(),
                GraphOpsets.allNodes(graph).flatMap(n -> n.outputs().stream()))
            .map(Value::type);
    Stream<DType> types =
        Stream.concat(
            values.filter(TensorType.class::isInstance).map(type -> ((TensorType) type).dtype()),
            graph.initializers().values().stream().map(DenseTensor::dtype));
    return types.mapToInt(FileVersions::ofType).max().orElse(1);
  }
}
