package dev.sardonyx.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Device;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.Graphs;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrtEngineTest {
  private final Engine engine = Sardonyx.engine("ort");

  private static final Graph RELU =
      Graphs.oneNode(new UnaryOp.Relu(), TensorType.of(DType.FLOAT32, "batch", "3"));

  private Session open(Graph graph) {
    return engine.open(graph, SessionOptions.defaults());
  }

  @Test
  void tellsVersionAndProviders() {
    assertThat(engine.unavailable()).isEmpty();
    assertThat(engine.description()).startsWith("ONNX Runtime 1.29.0, providers CPU");
  }

  @Test
  void runsTensorsFromHeapAndFromOffHeapMemory() {
    try (Session session = open(RELU);
        Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_FLOAT, -1, 2, -3, 4, -5, 6);
      Tensor offHeap = DenseTensor.view(DType.FLOAT32, Shape.of(2, 3), data);
      Tensor onHeap =
          DenseTensor.view(
              DType.FLOAT32,
              Shape.of(2, 3),
              MemorySegment.ofArray(data.toArray(ValueLayout.JAVA_FLOAT)));
      assertThat(session.run(offHeap).dense().floats()).containsExactly(0, 2, 0, 4, 0, 6);
      assertThat(session.run(onHeap).dense().floats()).containsExactly(0, 2, 0, 4, 0, 6);
    }
  }

  @Test
  void closedInputIsAnErrorAndNoCrash() {
    try (Session session = open(RELU)) {
      Arena arena = Arena.ofShared();
      Tensor input = DenseTensor.view(DType.FLOAT32, Shape.of(1, 3), arena.allocate(12));
      arena.close();
      assertThatThrownBy(() -> session.run(input)).isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "FLOAT32",
        "FLOAT64",
        "FLOAT16",
        "BFLOAT16",
        "INT8",
        "INT16",
        "INT32",
        "INT64",
        "UINT8",
        "BOOL",
        "UINT16",
        "UINT32",
        "UINT64",
        "FLOAT8E4M3FN",
        "FLOAT8E4M3FNUZ",
        "FLOAT8E5M2",
        "FLOAT8E5M2FNUZ",
        "FLOAT8E8M0",
        "INT4",
        "UINT4",
        "INT2",
        "UINT2"
      })
  void carriesElementsToTheBit(DType dtype) {
    Shape shape = Shape.of(2, 2);
    MemorySegment data = DenseTensor.allocate(dtype, shape);
    for (long i = 0; i < data.byteSize(); i++) {
      data.set(ValueLayout.JAVA_BYTE, i, (byte) (dtype == DType.BOOL ? i % 2 : 3 * i + 1));
    }
    Graph graph = Graphs.oneNode(new UnaryOp.Identity(), new TensorType(dtype, shape));
    try (Session session = open(graph)) {
      DenseTensor output = session.run(DenseTensor.view(dtype, shape, data)).dense();
      assertThat(output.type()).isEqualTo(new TensorType(dtype, shape));
      assertThat(output.segment().mismatch(data)).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPLEX64", "COMPLEX128", "FLOAT4E2M1"})
  void refusesInputsThatItCannotCarry(DType dtype) {
    Graph graph = Graphs.oneNode(new UnaryOp.Identity(), TensorType.of(dtype, 2L));
    assertThatThrownBy(() -> open(graph))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("[Unsupported]");
  }

  @Test
  void givesUnsignedOutputs() {
    for (DType dtype : List.of(DType.UINT16, DType.UINT32, DType.UINT64)) {
      MemorySegment data = DenseTensor.allocate(dtype, Shape.of(2)).fill((byte) 0xFE);
      DenseTensor constant = DenseTensor.view(dtype, Shape.of(2), data);
      try (Session session = open(Graphs.oneNode(new UnaryOp.Identity(), constant))) {
        Tensor output = session.run(Map.of()).values().iterator().next();
        assertThat(output.type()).isEqualTo(TensorType.of(dtype, 2L));
        assertThat(output.dense().segment().mismatch(data)).isEqualTo(-1);
      }
    }
  }

  @Test
  void scalarsAndZeroSizesPass() {
    Graph scalar = Graphs.oneNode(new UnaryOp.Relu(), TensorType.of(DType.FLOAT32, new Dim[0]));
    try (Session session = open(scalar)) {
      assertThat(session.run(Graphs.floats(Shape.of())).dense().floats()).containsExactly(0.5f);
    }
    try (Session session = open(RELU)) {
      Tensor output = session.run(Graphs.floats(Shape.of(0, 3)));
      assertThat(output.type()).isEqualTo(TensorType.of(DType.FLOAT32, 0, 3));
    }
  }

  @Test
  void outputsMayBeInputsAndInitializers() {
    var builder = new GraphBuilder("direct");
    Value x = builder.input("x", TensorType.of(DType.FLOAT32, 2L));
    Value w = builder.initializer("w", Graphs.floats(Shape.of(3)));
    Graph graph = builder.build(List.of(w, x), Map.of());
    try (Session session = open(graph)) {
      Map<String, Tensor> outputs = session.run(Map.of("x", Graphs.floats(Shape.of(2))));
      assertThat(outputs.keySet()).containsExactly("w", "x");
      assertThat(Graphs.named(outputs, "w").dense().floats()).containsExactly(0.5f, 0.75f, 1f);
      assertThat(Graphs.named(outputs, "x").dense().floats()).containsExactly(0.5f, 0.75f);
    }
  }

  @Test
  void wrongInputsNameBothSides() {
    try (Session session = open(RELU)) {
      assertThatThrownBy(() -> session.run(Graphs.floats(Shape.of(2, 4))))
          .hasMessageContaining(
              "[Input] input 'in0' must be float32[batch, 3], found float32[2, 4]");
      assertThatThrownBy(() -> session.run(Map.of("z", Graphs.floats(Shape.of(2, 3)))))
          .hasMessageContaining("there is no input 'z'");
    }
  }

  @Test
  void cudaIsRefusedWithTheReasonAndNeverReplaced() {
    SessionOptions cuda = SessionOptions.defaults().on(Device.CUDA);
    assertThatThrownBy(() -> engine.open(RELU, cuda))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("[Engine] CUDA is asked for")
        .hasMessageContaining("[CPU]")
        .hasMessageContaining("com.microsoft.onnxruntime:onnxruntime_gpu");
  }

  @Test
  void weightsBeyondTheBudgetAreRefused() {
    Graph graph = Graphs.twoLayers();
    assertThatThrownBy(() -> engine.open(graph, SessionOptions.defaults().within(10)))
        .hasMessageContaining("[Limit] the weights of TwoLayers take 68 bytes");
  }

  @Test
  void whatOnnxRuntimeRefusesIsAnErrorInItsWords() {
    var op = Opaque.of("", "NoSuchOp", 21, Attributes.none(), 1);
    assertThatThrownBy(() -> open(Graphs.oneNode(op, TensorType.of(DType.FLOAT32, 2L))))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("[Engine] ONNX Runtime cannot open one_node")
        .hasMessageContaining("NoSuchOp");
  }
}
