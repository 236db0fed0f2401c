package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.ControlOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.internal.proto.AttributeProto;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.ModelProto;
import dev.sardonyx.onnx.internal.proto.ValueInfoProto;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {

  @ParameterizedTest
  @ValueSource(ints = {18, 20, 21, 24, 27})
  void whatIsWrittenReadsBackAsTheSameGraph(int opset) {
    Graph graph = Graphs.twoLayers();
    Graphs.assertSame(Onnx.read(Onnx.bytes(graph, opset), "again.onnx"), graph);
  }

  @Test
  void sameGraphGivesSameBytes() {
    assertThat(Onnx.bytes(Graphs.twoLayers(), 21)).isEqualTo(Onnx.bytes(Graphs.twoLayers(), 21));
  }

  @Test
  void bytesSurviveReadingAndWriting() {
    byte[] bytes = Onnx.bytes(Graphs.twoLayers(), 21);
    assertThat(Onnx.bytes(Onnx.read(bytes, "x.onnx"), 21)).isEqualTo(bytes);
  }

  @Test
  void orderOfMetadataDoesNotShowInBytes() {
    Graph graph = Graphs.twoLayers();
    var turned = new LinkedHashMap<String, String>();
    graph.metadata().keySet().stream()
        .sorted(Comparator.reverseOrder())
        .forEach(key -> turned.put(key, graph.metadata().get(key)));
    var other =
        new Graph(
            graph.name(),
            graph.inputs(),
            graph.outputs(),
            graph.nodes(),
            graph.initializers(),
            turned);
    assertThat(Onnx.bytes(other, 21)).isEqualTo(Onnx.bytes(graph, 21));
  }

  @Test
  void symbolicDimsAndInnerTypesAreInTheFile() throws Exception {
    ModelProto model = ModelProto.parseFrom(Onnx.bytes(Graphs.twoLayers(), 21));
    var input = model.getGraph().getInput(0).getType().getTensorType().getShape();
    assertThat(input.getDim(0).getDimParam()).isEqualTo("batch");
    assertThat(input.getDim(1).getDimValue()).isEqualTo(4);
    assertThat(model.getGraph().getValueInfoList().stream().map(ValueInfoProto::getName))
        .containsExactly("gemm_1", "relu_1");
    assertThat(model.getGraph().getNode(0).getMetadataPropsList().toString())
        .contains("sardonyx.module", "fc1", "sardonyx.source", "TwoLayers.java:17");
    assertThat(model.getIrVersion()).isEqualTo(10);
    assertThat(model.getProducerName()).isEqualTo("sardonyx");
  }

  @Test
  void derivedDimsAreWrittenAsTheirTextAndUnknownOnesNotAtAll() throws Exception {
    var derived = TensorType.of(DType.FLOAT32, Dim.parse("n").plus(1), new Dim.Unknown());
    Graph graph = Graphs.oneNode(new UnaryOp.Relu(), derived);
    var shape =
        ModelProto.parseFrom(Onnx.bytes(graph, 21))
            .getGraph()
            .getInput(0)
            .getType()
            .getTensorType()
            .getShape();
    assertThat(shape.getDim(0).getDimParam()).isEqualTo("n + 1");
    assertThat(shape.getDim(1).hasDimParam() || shape.getDim(1).hasDimValue()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STRING")
  void initializersOfEveryTypeSurvive(DType dtype) {
    Shape shape = Shape.of(5);
    byte[] bytes = new byte[(int) dtype.bytes(5)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (dtype == DType.BOOL ? i % 2 : 7 * i + 1);
    }
    MemorySegment data = DenseTensor.allocate(dtype, shape).copyFrom(MemorySegment.ofArray(bytes));
    Graph graph = Graphs.oneNode(new UnaryOp.Identity(), DenseTensor.view(dtype, shape, data));
    Graph again = Onnx.read(Onnx.bytes(graph, 25), "t.onnx");
    Graphs.assertSame(again, graph);
  }

  @Test
  void offHeapAndEmptyAndScalarWeightsSurvive() {
    try (Arena arena = Arena.ofConfined()) {
      for (Shape shape : List.of(Shape.of(2, 2), Shape.of(0, 3), Shape.of())) {
        MemorySegment data = arena.allocate(DType.FLOAT32.bytes(shape.elements().fixed()));
        Graph graph =
            Graphs.oneNode(
                new UnaryOp.Identity(),
                DenseTensor.view(DType.FLOAT32, shape, data.fill((byte) 1)));
        Graphs.assertSame(Onnx.read(Onnx.bytes(graph, 21), "t.onnx"), graph);
      }
    }
  }

  @Test
  void tensorAndGraphAttributesSurvive() {
    var branch =
        GraphProto.newBuilder()
            .setName("branch")
            .addNode(Protos.node("Abs", List.of("x"), List.of("b")))
            .addOutput(Protos.untyped("b"));
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
                            Protos.graph("then_branch", branch.build()),
                            Protos.graph("else_branch", branch.build())))
                    .addNode(
                        Protos.node(
                            "ConstantOfShape",
                            List.of("s"),
                            List.of("z"),
                            Protos.tensor("value", Protos.raw("v", 2, List.of(1L), (byte) 3))))
                    .addInitializer(Protos.raw("s", 7, List.of(1L), new byte[8]))
                    .addOutput(Protos.value("y", 1, 2, 3))
                    .addOutput(Protos.untyped("z")));
    assertThat(graph.nodes().getFirst().op()).isInstanceOf(ControlOp.If.class);
    assertThat(graph.nodes().getFirst().captures()).isEqualTo(1);
    assertThat(Onnx.read(Onnx.bytes(graph, 17), "again.onnx")).hasToString(graph.toString());
  }

  @Test
  void attributeThatIsNoUtf8Survives() {
    var bytes = ByteString.copyFrom(new byte[] {(byte) 0xc3, 0x28});
    var attribute =
        AttributeProto.newBuilder()
            .setName("label")
            .setType(AttributeProto.AttributeType.STRING)
            .setS(bytes);
    Graph graph =
        Protos.read(
            17,
            g ->
                g.addNode(Protos.node("Own", List.of("x"), List.of("y"), attribute.build()))
                    .addOutput(Protos.untyped("y")));
    Graph again = Onnx.read(Onnx.bytes(graph, 17), "again.onnx");
    Graphs.assertSame(again, graph);
  }

  @Test
  void fileWithoutNodeMetadataCarriesOriginsInDocStrings() throws Exception {
    Graph graph = Graphs.twoLayers();
    ModelProto model = ModelProto.parseFrom(Onnx.bytes(graph, 18));
    assertThat(model.getIrVersion()).isEqualTo(8);
    assertThat(model.getGraph().getNode(0).getMetadataPropsCount()).isZero();
    assertThat(model.getGraph().getNode(0).getDocString())
        .isEqualTo("sardonyx.module=fc1\nsardonyx.source=TwoLayers.java:17");
  }

  @Test
  void metadataIsKept() {
    assertThat(Onnx.read(Onnx.bytes(Graphs.twoLayers(), 21), "x").metadata())
        .isEqualTo(Map.of("zebra", "1", "author", "me", "mark", "x"));
  }
}
