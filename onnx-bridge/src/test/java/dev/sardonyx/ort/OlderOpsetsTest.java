package dev.sardonyx.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Operators;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.onnx.Onnx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * At every opset an operator is refused by name, or ONNX Runtime computes from the file of that
 * opset what it does from the newest: inputs that were attributes are attributes again.
 */
class OlderOpsetsTest {
  private static final int LOWEST = 7;

  /** What ONNX Runtime 1.29 reads. */
  private static final int HIGHEST = 26;

  private static final DenseTensor X = ascending(2, 3, 4);

  private static DenseTensor ascending(long... sizes) {
    int elements = 1;
    for (long size : sizes) {
      elements *= (int) size;
    }
    float[] data = new float[elements];
    for (int i = 0; i < elements; i++) {
      data[i] = (i * 7 % 23) / 4f - 2.25f;
    }
    return Tensor.of(data, sizes).dense();
  }

  private static DenseTensor longs(long... values) {
    return Tensor.of(values, values.length).dense();
  }

  private static DenseTensor floats(float... values) {
    return Tensor.of(values, values.length).dense();
  }

  private static Op op(String name, Object... attributes) {
    Attributes result = Attributes.none();
    for (int i = 0; i < attributes.length; i += 2) {
      Attribute value =
          switch (attributes[i + 1]) {
            case Integer number -> Attribute.of(number);
            case String text -> Attribute.of(text);
            default -> throw new IllegalArgumentException();
          };
      result = result.with((String) attributes[i], value);
    }
    return Operators.read(name, result).orElseThrow();
  }

  private static Arguments row(int lowest, Op op, DenseTensor x, DenseTensor... constants) {
    return Arguments.of(lowest, op, x, List.of(constants));
  }

  static Stream<Arguments> operators() {
    DenseTensor none = Tensor.of(new long[0], 0).dense();
    DenseTensor absent = Tensor.of(new boolean[0], 0).dense();
    DenseTensor image = ascending(1, 2, 3, 3);
    DenseTensor least = Tensor.scalar(-1f).dense();
    DenseTensor integers = X.convert(DType.INT32);
    return Stream.of(
        row(7, op("Squeeze"), ascending(2, 1, 3), longs(-2)),
        row(7, op("Unsqueeze"), X, longs(0, -1)),
        row(7, op("ReduceSum"), X, longs(-1)),
        row(7, op("ReduceMean", "keepdims", 0), X, longs(0, 2)),
        row(7, op("ReduceMax"), X, none),
        row(13, op("ReduceSum", "noop_with_empty_axes", 1), X, longs(1)),
        row(18, op("ReduceL2", "noop_with_empty_axes", 1), X, longs(1)),
        row(7, op("Split", "axis", -1), X, longs(1, 3)),
        row(7, op("Split", "axis", 2, "num_outputs", 2), X),
        row(7, op("Split", "axis", 1, "num_outputs", 2), X),
        row(7, op("Clip"), X, least),
        row(7, op("Clip"), X, least, Tensor.scalar(1f).dense()),
        row(12, op("Clip"), integers, Tensor.scalar(1f).dense().convert(DType.INT32)),
        row(7, op("Pad"), X, longs(0, 1, 0, 2, 0, 1)),
        row(7, op("Pad"), X, longs(0, 1, 0, 2, 0, 1), least),
        row(7, op("Pad", "mode", "edge"), X, longs(1, 2), absent, longs(-2)),
        row(19, op("Pad", "mode", "wrap"), X, longs(0, 1, 0, 2, 0, 1)),
        row(7, op("Slice"), X, longs(0, 1), longs(-1, Long.MAX_VALUE), longs(-1, 0)),
        row(7, op("Slice"), X, longs(1), longs(3), longs(2), longs(1)),
        row(10, op("Slice"), X, longs(3), longs(0), longs(2), longs(-2)),
        row(7, op("TopK", "axis", 1), X, longs(2)),
        row(11, op("TopK", "largest", 0), X, longs(2)),
        row(7, resize("asymmetric", "floor"), image, absent, floats(1, 1, 2, 3)),
        row(11, resize("half_pixel", "round_prefer_floor"), image, absent, floats(1, 1, 2, 3)),
        row(11, resize("asymmetric", "floor"), image, absent, absent, longs(1, 2, 5, 6)),
        row(7, op("Dropout"), X, Tensor.scalar(0.5f).dense()),
        row(7, op("Softmax", "axis", -1), X),
        row(7, op("LogSoftmax", "axis", 1), X),
        row(7, op("Concat", "axis", -2), X, X),
        row(7, op("ArgMax", "axis", -1), X),
        row(7, op("Gemm"), ascending(2, 3), ascending(3, 4), floats(1, 2, 3, 4)),
        row(11, op("Gemm"), ascending(2, 3), ascending(3, 4)),
        row(7, op("Pow"), X, Tensor.scalar(2f).dense()),
        row(12, op("Pow"), X, Tensor.scalar(2L).dense()),
        row(7, op("Sum"), X, X),
        row(8, op("Max"), X, least),
        row(12, op("Max"), integers, integers),
        row(7, op("Shape", "start", 1), X),
        row(7, op("Equal"), integers, integers),
        row(11, op("Equal"), X, X),
        row(14, op("Add"), X.convert(DType.INT8), X.convert(DType.INT8)),
        row(
            9,
            op("ScatterElements", "axis", -1),
            ascending(1, 3),
            Tensor.of(new long[] {2}, 1, 1).dense(),
            ascending(1, 1)),
        row(16, op("GridSample"), image, ascending(1, 2, 2, 2)),
        row(
            10,
            op("QuantizeLinear"),
            X,
            Tensor.scalar(0.5f).dense(),
            Tensor.scalar(3L).dense().convert(DType.UINT8)));
  }

  private static Op resize(String coordinates, String nearest) {
    return op("Resize", "coordinate_transformation_mode", coordinates, "nearest_mode", nearest);
  }

  @ParameterizedTest
  @MethodSource("operators")
  void aFileOfEachOpsetIsRefusedOrComputesTheSame(
      int lowest, Op op, DenseTensor x, List<DenseTensor> constants) throws OrtException {
    Graph graph = graph(op, x, constants);
    List<DenseTensor> newest = run(graph, HIGHEST, x);
    for (int opset = LOWEST; opset < HIGHEST; opset++) {
      int asked = opset;
      if (opset < lowest) {
        assertThatThrownBy(() -> Onnx.bytes(graph, asked))
            .isInstanceOf(SardonyxException.class)
            .hasMessageContaining(
                "[Unsupported] opset " + asked + " does not have " + op.name() + " as of opset ")
            .hasMessageContaining(lowest + " or later");
      } else {
        requireSame(run(graph, opset, x), newest);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operators")
  void whatIsNotConstantStaysAnInput(
      int lowest, Op op, DenseTensor x, List<DenseTensor> constants) {
    Graph graph = graph(op, x, constants);
    boolean moves = Stream.of("Squeeze", "Unsqueeze", "Slice", "TopK").anyMatch(op.name()::equals);
    if (moves) {
      var inputs = new ArrayList<>(graph.inputs());
      graph.initializers().forEach((name, tensor) -> inputs.add(new Value(name, tensor.type())));
      Graph open = new Graph("open", inputs, graph.outputs(), graph.nodes(), Map.of(), Map.of());
      assertThat(Onnx.nearestOpset(open, LOWEST)).isGreaterThanOrEqualTo(Math.max(10, lowest));
    }
  }

  /**
   * One node, all but its first input constant; a constant of bool stands for one that is absent.
   */
  private static Graph graph(Op op, DenseTensor x, List<DenseTensor> constants) {
    var builder = new GraphBuilder("one_node");
    List<Value> inputs = new ArrayList<>(List.of(builder.input("x", x.type())));
    for (DenseTensor constant : constants) {
      inputs.add(constant.dtype() == DType.BOOL ? Value.absent() : builder.constant(constant));
    }
    Node node = builder.add(op, inputs, op.name().equals("Dropout") ? 1 : 9, Origin.unknown());
    return builder.build(node.outputs(), Map.of());
  }

  private static List<DenseTensor> run(Graph graph, int opset, DenseTensor x) throws OrtException {
    Carriage carriage = Carriage.of(graph, List.of());
    OrtEnvironment environment = OrtLibrary.environment();
    byte[] model = Onnx.bytes(carriage.graph(), opset);
    OrtSession session = environment.createSession(model);
    try (Session guarded =
        new GuardedSession(graph, carriage, Divisions.of(carriage.graph()), environment, session)) {
      Map<String, Tensor> inputs = new LinkedHashMap<>(Map.of("x", x));
      return guarded.run(inputs).values().stream().map(Tensor::dense).toList();
    }
  }

  private static void requireSame(List<DenseTensor> found, List<DenseTensor> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).type()).isEqualTo(expected.get(i).type());
      for (long at = 0; at < found.get(i).elements(); at++) {
        assertThat(found.get(i).doubleAt(at))
            .isCloseTo(expected.get(i).doubleAt(at), Offset.offset(1e-5));
      }
    }
  }
}
