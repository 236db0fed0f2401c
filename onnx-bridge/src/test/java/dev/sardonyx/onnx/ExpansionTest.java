package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.OwnStatisticsOp;
import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.ModelProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Written to an older opset, a function is its nodes: ONNX Runtime computes the same from both. */
class ExpansionTest {
  private static final DenseTensor X = OldNode.ascending(2, 4, 3);

  static Stream<Arguments> functions() {
    DenseTensor three = OldNode.ascending(3);
    DenseTensor four = OldNode.ascending(4);
    return Stream.of(
        Arguments.of(new ActivationOp.Gelu("none"), 9, List.of(X)),
        Arguments.of(new ActivationOp.Gelu("tanh"), 7, List.of(X)),
        Arguments.of(new ActivationOp.Mish(), 7, List.of(X)),
        Arguments.of(new ActivationOp.HardSwish(), 7, List.of(X)),
        Arguments.of(new ActivationOp.Celu(1.5f), 7, List.of(X)),
        Arguments.of(new OwnStatisticsOp.LayerNormalization(-1, 1e-3f), 7, List.of(X, three)),
        Arguments.of(
            new OwnStatisticsOp.LayerNormalization(-1, 1e-3f), 7, List.of(X, three, three)),
        Arguments.of(
            new OwnStatisticsOp.LayerNormalization(1, 1e-3f),
            7,
            List.of(X, OldNode.ascending(4, 3))),
        Arguments.of(new OwnStatisticsOp.RMSNormalization(-1, 1e-3f), 7, List.of(X, three)),
        Arguments.of(new OwnStatisticsOp.GroupNormalization(2, 1e-3f), 7, List.of(X, four, four)));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void nodesOfOlderOpsetsDoTheSame(Op op, int since, List<DenseTensor> inputs) {
    Graph graph =
        Graphs.oneNode(op, inputs.stream().map(tensor -> (Object) tensor.type()).toArray());
    assertThat(Onnx.nearestOpset(graph, 7)).isEqualTo(since);
    Graph older = Onnx.read(Onnx.bytes(graph, since), "older.onnx");
    assertThat(older.nodes().stream().map(Node::op)).doesNotContain(op);
    assertThat(run(older, inputs)).containsExactly(run(graph, inputs), Offset.offset(1e-5f));
    Graph newest =
        Onnx.read(Onnx.bytes(graph, Onnx.nearestOpset(graph, op.sinceOpset())), "newest.onnx");
    assertThat(newest.nodes().stream().map(Node::op)).containsExactly(op);
  }

  private static float[] run(Graph graph, List<DenseTensor> inputs) {
    Map<String, Tensor> byName = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      byName.put(graph.inputs().get(i).name(), inputs.get(i));
    }
    try (Session session = Sardonyx.engine("ort").open(graph, SessionOptions.defaults())) {
      return session.run(byName).values().iterator().next().dense().floats();
    }
  }

  /** No value of a graph may be named as one around it, nor two of branches side by side. */
  @Test
  void nodesInBranchesHaveNamesOfTheirOwn() throws InvalidProtocolBufferException {
    GraphProto body =
        GraphProto.newBuilder()
            .setName("body")
            .addNode(Protos.node("HardSwish", List.of("x"), List.of("z")).toBuilder().setName("n"))
            .addOutput(Protos.untyped("z"))
            .build();
    var truth = Protos.tensor("value", Protos.raw("c", 9, List.of(), (byte) 1));
    Graph graph =
        Protos.read(
            14,
            g ->
                g.addNode(Protos.node("Constant", List.of(), List.of("c"), truth))
                    .addNode(
                        Protos.node("HardSwish", List.of("x"), List.of("w")).toBuilder()
                            .setName("n"))
                    .addNode(
                        Protos.node(
                            "If",
                            List.of("c"),
                            List.of("y"),
                            Protos.graph("then_branch", body),
                            Protos.graph("else_branch", body)))
                    .addOutput(Protos.untyped("w"))
                    .addOutput(Protos.untyped("y")));
    GraphProto written = ModelProto.parseFrom(Onnx.bytes(graph, 11)).getGraph();
    assertThat(gates(written)).hasSize(3).doesNotHaveDuplicates();
  }

  private static List<String> gates(GraphProto graph) {
    List<String> result = new ArrayList<>();
    for (NodeProto node : graph.getNodeList()) {
      node.getAttributeList().forEach(branch -> result.addAll(gates(branch.getG())));
      if (node.getOpType().equals("HardSigmoid")) {
        result.add(node.getOutput(0));
      }
    }
    return result;
  }

  @Test
  void constantsThatBecameAttributesAreLeftOut() throws InvalidProtocolBufferException {
    Op op = new OwnStatisticsOp.LayerNormalization(-1, 1e-3f);
    Graph graph = Graphs.oneNode(op, X.type(), OldNode.ascending(3).type());
    GraphProto written = ModelProto.parseFrom(Onnx.bytes(graph, 9)).getGraph();
    assertThat(written.getInitializerList()).allMatch(each -> each.getDataType() == 1);
  }

  @Test
  void whatNoOlderNodesComputeIsRefused() {
    Graph huge =
        Graphs.oneNode(
            new OwnStatisticsOp.GroupNormalization(Integer.MAX_VALUE, 1e-3f),
            TensorType.of(DType.FLOAT32, "N", "C"),
            TensorType.of(DType.FLOAT32, "C"),
            TensorType.of(DType.FLOAT32, "C"));
    assertThat(Onnx.nearestOpset(huge, 7)).isEqualTo(21);
  }

  @Test
  void comparisonsWithEqualityAreTwo() {
    Graph graph = Graphs.oneNode(new PredicateOp.GreaterOrEqual(), X.type(), X.type());
    int lowest = Onnx.nearestOpset(graph, 7);
    assertThat(lowest).isLessThan(12);
    Graph older = Onnx.read(Onnx.bytes(graph, lowest), "older.onnx");
    assertThat(older.nodes().stream().map(Node::op))
        .containsExactly(new PredicateOp.Greater(), new PredicateOp.Equal(), new PredicateOp.Or());
  }
}
