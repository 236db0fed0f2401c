package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.onnx.internal.proto.AttributeProto;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.SparseTensorProto;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingTest {

  @Test
  void axesAttributesOfOldOpsetsBecomeInputs() {
    Graph graph =
        Protos.read(
            11,
            g ->
                g.addNode(
                        Protos.node(
                            "Unsqueeze", List.of("x"), List.of("u"), Protos.ints("axes", 0)))
                    .addNode(
                        Protos.node("Squeeze", List.of("u"), List.of("s"), Protos.ints("axes", 0)))
                    .addNode(
                        Protos.node(
                            "ReduceMean",
                            List.of("s"),
                            List.of("y"),
                            Protos.ints("axes", 1),
                            Protos.integer("keepdims", 0)))
                    .addOutput(Protos.untyped("y")));
    assertThat(graph.nodes().stream().map(Node::op))
        .containsExactly(
            new AxesOp.Unsqueeze(),
            new AxesOp.Squeeze(),
            new ReductionOp.Reduce(ReductionOp.Reduction.MEAN, false));
    assertThat(graph.nodes().get(2).inputs().get(1).name()).isEqualTo("y.axes");
    assertThat(Graphs.named(graph.initializers(), "y.axes").longs()).containsExactly(1);
    assertThat(graph.outputs().getFirst().type()).isEqualTo(TensorType.of(DType.FLOAT32, 2L));
  }

  @Test
  void kernelShapeComesFromTheWeights() {
    Graph graph =
        Protos.read(
            17,
            g ->
                g.addInput(Protos.value("image", 1, 1, 1, 5, 6))
                    .addInitializer(Protos.raw("w", 1, List.of(1L, 1L, 2L, 3L), new byte[24]))
                    .addNode(Protos.node("Conv", List.of("image", "w"), List.of("y")))
                    .addOutput(Protos.untyped("y")));
    assertThat(((Conv) graph.nodes().getFirst().op()).window().kernel()).containsExactly(2, 3);
    assertThat(graph.outputs().getFirst().type())
        .isEqualTo(TensorType.of(DType.FLOAT32, 1, 1, 4, 4));
  }

  @Test
  void formsThatTheVocabularyLacksAreKeptAsTheyAre() {
    Graph graph =
        Protos.read(
            17,
            g ->
                g.addNode(Protos.node("Relu", List.of("x"), List.of("s"), Protos.integer("new", 1)))
                    .addOutput(Protos.value("s", 1, 2, 3)));
    assertThat(graph.nodes()).allMatch(node -> node.op() instanceof Opaque);
    Graphs.assertSame(Onnx.read(Onnx.bytes(graph, 17), "x"), graph);
  }

  @Test
  void attributesWrittenOutWithTheirDefaultsAreUnderstood() {
    Graph graph =
        Protos.read(
            18,
            g ->
                g.addNode(
                        Protos.node(
                            "ReduceMean",
                            List.of("x"),
                            List.of("m"),
                            Protos.integer("keepdims", 1),
                            Protos.integer("noop_with_empty_axes", 0)))
                    .addNode(
                        Protos.node(
                            "Shape", List.of("m"), List.of("y"), Protos.integer("start", 0)))
                    .addOutput(Protos.untyped("y")));
    assertThat(graph.nodes()).noneMatch(node -> node.op() instanceof Opaque);
  }

  @Test
  void constantsOfEveryFormBecomeInitializers() {
    var f =
        AttributeProto.newBuilder()
            .setName("value_float")
            .setType(AttributeProto.AttributeType.FLOAT)
            .setF(2.5f);
    var fs =
        AttributeProto.newBuilder()
            .setName("value_floats")
            .setType(AttributeProto.AttributeType.FLOATS)
            .addFloats(1)
            .addFloats(2);
    var sparse =
        SparseTensorProto.newBuilder()
            .addDims(2)
            .addDims(2)
            .setValues(TensorProto.newBuilder().setDataType(1).addDims(1).addFloatData(9))
            .setIndices(TensorProto.newBuilder().setDataType(7).addDims(1).addInt64Data(2));
    var sp =
        AttributeProto.newBuilder()
            .setName("sparse_value")
            .setType(AttributeProto.AttributeType.SPARSE_TENSOR)
            .setSparseTensor(sparse);
    Graph graph =
        Protos.read(
            17,
            g ->
                g.addNode(Protos.node("Constant", List.of(), List.of("a"), f.build()))
                    .addNode(Protos.node("Constant", List.of(), List.of("b"), fs.build()))
                    .addNode(
                        Protos.node(
                            "Constant", List.of(), List.of("c"), Protos.integer("value_int", 7)))
                    .addNode(
                        Protos.node(
                            "Constant", List.of(), List.of("d"), Protos.ints("value_ints", 7, 8)))
                    .addNode(
                        Protos.node(
                            "Constant",
                            List.of(),
                            List.of("e"),
                            Protos.tensor(
                                "value", Protos.raw("", 2, List.of(2L), (byte) 1, (byte) 2))))
                    .addNode(Protos.node("Constant", List.of(), List.of("f"), sp.build()))
                    .addNode(Protos.node("Relu", List.of("x"), List.of("y")))
                    .addOutput(Protos.untyped("y")));
    assertThat(graph.nodes()).hasSize(1);
    assertThat(Graphs.named(graph.initializers(), "a").floats()).containsExactly(2.5f);
    assertThat(Graphs.named(graph.initializers(), "a").rank()).isZero();
    assertThat(Graphs.named(graph.initializers(), "b").floats()).containsExactly(1, 2);
    assertThat(Graphs.named(graph.initializers(), "c").longs()).containsExactly(7);
    assertThat(Graphs.named(graph.initializers(), "d").longs()).containsExactly(7, 8);
    assertThat(Graphs.named(graph.initializers(), "e").doubleAt(1)).isEqualTo(2);
    assertThat(Graphs.named(graph.initializers(), "f").floats()).containsExactly(0, 0, 9, 0);
  }

  @Test
  void constantThatIsAnOutputIsCopiedFromAnInitializer() {
    Graph graph =
        Protos.read(
            17,
            g ->
                g.addNode(
                        Protos.node(
                            "Constant", List.of(), List.of("y"), Protos.integer("value_int", 7)))
                    .addOutput(Protos.value("y", 7)));
    assertThat(graph.nodes().getFirst().op()).isEqualTo(new UnaryOp.Identity());
    assertThat(Graphs.named(graph.initializers(), "y.value").longs()).containsExactly(7);
  }

  @Test
  void typedFieldsAreReadAsRawDataIs() {
    Graph graph =
        Protos.read(
            21,
            g ->
                g.addInitializer(
                        TensorProto.newBuilder()
                            .setName("f16")
                            .setDataType(10)
                            .addDims(2)
                            .addInt32Data(0x3c00)
                            .addInt32Data(0xbc00))
                    .addInitializer(
                        TensorProto.newBuilder()
                            .setName("i8")
                            .setDataType(3)
                            .addDims(2)
                            .addInt32Data(-1)
                            .addInt32Data(127))
                    .addInitializer(
                        TensorProto.newBuilder()
                            .setName("u32")
                            .setDataType(12)
                            .addDims(1)
                            .addUint64Data(4_000_000_000L))
                    .addInitializer(
                        TensorProto.newBuilder()
                            .setName("f64")
                            .setDataType(11)
                            .addDims(1)
                            .addDoubleData(0.1))
                    .addInitializer(
                        TensorProto.newBuilder()
                            .setName("c64")
                            .setDataType(14)
                            .addDims(1)
                            .addFloatData(1)
                            .addFloatData(2))
                    .addInitializer(
                        TensorProto.newBuilder()
                            .setName("i4")
                            .setDataType(22)
                            .addDims(3)
                            .addInt32Data(0x21)
                            .addInt32Data(0x03))
                    .addNode(Protos.node("Relu", List.of("x"), List.of("y")))
                    .addOutput(Protos.untyped("y")));
    assertThat(Graphs.named(graph.initializers(), "f16").doubleAt(1)).isEqualTo(-1);
    assertThat(Graphs.named(graph.initializers(), "i8").doubleAt(0)).isEqualTo(-1);
    assertThat(Graphs.named(graph.initializers(), "u32").doubleAt(0)).isEqualTo(4e9);
    assertThat(Graphs.named(graph.initializers(), "f64").doubles()).containsExactly(0.1);
    assertThat(Graphs.named(graph.initializers(), "c64").segment().byteSize()).isEqualTo(8);
    assertThat(Graphs.named(graph.initializers(), "i4").segment().byteSize()).isEqualTo(2);
  }

  @Test
  void initializersThatAreInputsAreNotAskedFor() {
    Graph graph =
        Protos.read(
            9,
            g ->
                g.addInput(Protos.value("w", 1, 3))
                    .addInitializer(Protos.raw("w", 1, List.of(3L), new byte[12]))
                    .addNode(Protos.node("Add", List.of("x", "w"), List.of("y")))
                    .addOutput(Protos.untyped("y")));
    assertThat(graph.inputs()).hasSize(1);
  }

  @Test
  void unsortedNodesAreSortedAndSortedOnesStay() {
    Graph graph =
        Protos.read(
            17,
            g ->
                g.addNode(Protos.node("Relu", List.of("b"), List.of("y")))
                    .addNode(Protos.node("Tanh", List.of("x"), List.of("a")))
                    .addNode(Protos.node("Exp", List.of("a"), List.of("b")))
                    .addOutput(Protos.untyped("y")));
    assertThat(graph.nodes().stream().map(Node::name)).containsExactly("a", "b", "y");
  }

  @Test
  void valuesThatSubgraphsCaptureComeBeforeThem() {
    var branch =
        GraphProto.newBuilder()
            .setName("branch")
            .addNode(Protos.node("Abs", List.of("late"), List.of("b")))
            .addOutput(Protos.untyped("b"))
            .build();
    Graph graph =
        Protos.read(
            17,
            g ->
                g.addInput(Protos.value("c", 9))
                    .addNode(
                        Protos.node(
                            "If",
                            List.of("c"),
                            List.of("y"),
                            Protos.graph("then_branch", branch),
                            Protos.graph("else_branch", branch)))
                    .addNode(Protos.node("Relu", List.of("x"), List.of("late")))
                    .addOutput(Protos.value("y", 1, 2, 3)));
    assertThat(graph.nodes().stream().map(Node::name)).containsExactly("late", "y");
  }

  @Test
  void longChainsNeedNoStack() {
    Graph graph =
        Protos.read(
            17,
            g -> {
              for (int i = 29_999; i >= 0; i--) {
                String input = i == 0 ? "x" : "v" + (i - 1);
                g.addNode(Protos.node("Relu", List.of(input), List.of("v" + i)));
              }
              g.addOutput(Protos.untyped("v29999"));
            });
    assertThat(graph.nodes()).hasSize(30_000);
  }

  @Test
  void whatFollowsFromAnUntypedValueKeepsItsOperatorAndGuessesNoType() {
    Graph graph =
        Protos.read(
            17,
            g ->
                g.addNode(Protos.node("Unheard", List.of("x"), List.of("indices")))
                    .addNode(Protos.node("Gather", List.of("x", "indices"), List.of("y")))
                    .addOutput(Protos.untyped("y")));
    assertThat(graph.nodes().getFirst().op()).isInstanceOf(Opaque.class);
    assertThat(graph.nodes().getLast().op()).isEqualTo(new Gather(0));
    assertThat(graph.nodes()).allMatch(node -> node.output().type() instanceof UnknownType);
    assertThat(Onnx.read(Onnx.bytes(graph, 17), "again")).isEqualTo(graph);
  }

  @Test
  void aLoopMayLeaveOutItsLastInputs() {
    var body =
        GraphProto.newBuilder()
            .setName("body")
            .addInput(Protos.value("i", 7))
            .addInput(Protos.value("going", 9))
            .addNode(Protos.node("Identity", List.of("going"), List.of("on")))
            .addNode(Protos.node("Neg", List.of("x"), List.of("negative")))
            .addOutput(Protos.value("on", 9))
            .addOutput(Protos.untyped("negative"));
    Graph graph =
        Protos.read(
            17,
            g ->
                g.addInput(Protos.value("m", 7))
                    .addNode(
                        Protos.node(
                            "Loop", List.of("m"), List.of("y"), Protos.graph("body", body.build())))
                    .addOutput(Protos.untyped("y")));
    Node loop = graph.nodes().getFirst();
    assertThat(loop.ownInputs().stream().map(Value::name)).containsExactly("m", "");
    assertThat(loop.captures()).isEqualTo(1);
    assertThat(loop.inputs().getLast().name()).isEqualTo("x");
  }

  @Test
  void nodesWithoutNamesOrWithTheSameGetNamesOfTheirOwn() {
    Graph graph =
        Protos.read(
            17,
            g ->
                g.addNode(Protos.node("Relu", List.of("x"), List.of("a")).toBuilder().setName("n"))
                    .addNode(
                        Protos.node("Relu", List.of("a"), List.of("b")).toBuilder().setName("n"))
                    .addNode(Protos.node("Relu", List.of("b"), List.of("y")))
                    .addOutput(Protos.untyped("y")));
    assertThat(graph.nodes().stream().map(Node::name)).containsExactly("n", "n_2", "y");
  }

  @Test
  void contradictionIsAnErrorAtItsNode() {
    assertThatThrownBy(
            () ->
                Protos.read(
                    17,
                    g ->
                        g.addInitializer(Protos.raw("w", 1, List.of(4L, 1L), new byte[16]))
                            .addNode(Protos.node("MatMul", List.of("x", "w"), List.of("y")))
                            .addOutput(Protos.untyped("y"))))
        .hasMessageContaining("[Shape]")
        .hasMessageContaining("3 vs 4")
        .hasMessageContaining("at y, in test.onnx");
  }
}
