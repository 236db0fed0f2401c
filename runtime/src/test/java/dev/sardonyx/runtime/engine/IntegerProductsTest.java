package dev.sardonyx.runtime.engine;

import static dev.sardonyx.runtime.engine.Operators.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.AutoPad;
import dev.sardonyx.api.op.Granularity;
import dev.sardonyx.api.op.IntegerProductOp.ConvInteger;
import dev.sardonyx.api.op.IntegerProductOp.MatMulInteger;
import dev.sardonyx.api.op.IntegerProductOp.QLinearConv;
import dev.sardonyx.api.op.IntegerProductOp.QLinearMatMul;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products of 8-bit numbers with constant weights, which sets of kernels compute in integers. */
class IntegerProductsTest {
  private final Graphs net = new Graphs();
  private int constants;

  private Value constant(Tensor tensor) {
    return net.constant("c" + constants++, tensor);
  }

  private Value scalar(double value) {
    return constant(Tensor.scalar((float) value));
  }

  private Value number(DType type, long value) {
    return constant(Tensor.scalar((float) value).dense().convert(type));
  }

  /** All numbers that the type has. */
  private Value bytes(DType type, long seed, long... sizes) {
    int n = (int) LongStream.of(sizes).reduce(1, (a, b) -> a * b);
    var random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextInt(256) - (type == DType.UINT8 ? 0 : 128);
    }
    return constant(Tensor.of(values, sizes).dense().convert(type));
  }

  private Value scales(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = 1e-3f * (i + 1);
    }
    return constant(Tensor.of(values, n));
  }

  private Value biases(int n) {
    int[] values = new int[n];
    Arrays.setAll(values, i -> 1000 * (i - 7));
    return constant(Tensor.of(values, n));
  }

  private static long zero(DType type) {
    return type == DType.UINT8 ? 128 : 0;
  }

  private Value quantized(DType type, long zero, String... dims) {
    Value x = net.input("x", dims);
    var op = new QuantizeLinear(new Granularity(1, 0), Optional.of(type), Optional.empty(), true);
    return net.add(op, x, scalar(0.02), number(type, zero));
  }

  private void allSetsAgree(Graph graph, long... sizes) {
    Map<String, Tensor> inputs = Map.of("x", random(3, sizes));
    DenseTensor expected = run(Kernels.scalar(), 1, graph, inputs);
    for (Kernels kernels : Operators.kernelSets()) {
      for (int threads = 1; threads < 4; threads++) {
        DenseTensor found = run(kernels, threads, graph, inputs);
        assertThat(found.segment().mismatch(expected.segment()))
            .as("%s, %d threads, %s", kernels.name(), threads, graph)
            .isEqualTo(-1);
      }
    }
  }

  private static DenseTensor run(
      Kernels kernels, int threads, Graph graph, Map<String, Tensor> inputs) {
    SessionOptions options = SessionOptions.defaults().threads(threads);
    try (Session session = new NativeEngine(kernels).open(graph, options)) {
      session.run(inputs);
      return session.run(inputs).values().iterator().next().dense();
    }
  }

  private static Window window(Random random, int rank) {
    List<Integer> kernel = new ArrayList<>();
    List<Integer> strides = new ArrayList<>();
    List<Integer> dilations = new ArrayList<>();
    List<Integer> pads = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      kernel.add(1 + random.nextInt(3));
      strides.add(1 + random.nextInt(2));
      dilations.add(1 + (axis < rank - 1 ? random.nextInt(2) : 0));
    }
    for (int i = 0; i < 2 * rank; i++) {
      pads.add(random.nextInt(3));
    }
    return new Window(kernel, strides, dilations, pads, AutoPad.NOTSET, false);
  }

  private Value weightZero(DType type, boolean single, int n) {
    return single
        ? number(type, zero(type))
        : constant(
            Tensor.of(LongStream.generate(() -> zero(type)).limit(n).toArray(), n)
                .dense()
                .convert(type));
  }

  /** Any window, channels, strides, types and padding with the zero point. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  void convolutionsAreTheSameToTheBit(int seed) {
    var random = new Random(seed);
    DType left = seed % 2 == 0 ? DType.UINT8 : DType.INT8;
    DType right = seed % 4 < 2 ? DType.INT8 : DType.UINT8;
    DType result = seed % 3 == 0 ? DType.INT8 : DType.UINT8;
    int rank = seed % 5 == 0 ? 1 : 2;
    int channels = 1 + random.nextInt(seed % 3 == 0 ? 5 : 40);
    int n = 1 + random.nextInt(70);
    long[] sizes = new long[2 + rank];
    long[] weights = new long[2 + rank];
    String[] dims = new String[2 + rank];
    Window window = window(random, rank);
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = i == 0 ? 1 + seed % 3 : i == 1 ? channels : 6 + random.nextInt(20);
      weights[i] = i == 0 ? n : i == 1 ? channels : window.kernel().get(i - 2);
      dims[i] = "" + sizes[i];
    }
    Value x = quantized(left, 7, dims);
    Value w = bytes(right, seed, weights);
    boolean single = seed % 2 == 0;
    Value zero = weightZero(right, single, n);
    if (seed % 4 == 3) {
      Value y = net.add(new ConvInteger(window, 1), x, w, number(left, 7), zero);
      allSetsAgree(net.outputs(y), sizes);
      return;
    }
    List<Value> inputs =
        new ArrayList<>(
            List.of(
                x,
                scalar(0.02),
                number(left, 7),
                w,
                single ? scalar(0.01) : scales(n),
                zero,
                scalar(0.7),
                number(result, 60)));
    if (seed % 3 != 1) {
      inputs.add(biases(n));
    }
    Value y = net.add(new QLinearConv(window, 1), inputs.toArray(new Value[0]));
    allSetsAgree(net.outputs(y), sizes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 13, 14, 15, 60, 520})
  void productsOfMatricesAreTheSameToTheBit(int rows) {
    DType left = rows % 2 == 0 ? DType.UINT8 : DType.INT8;
    int k = 3 * rows % 50 + 1;
    int n = 5 * rows % 90 + 1;
    Value x = quantized(left, 9, "2", "" + rows, "" + k);
    Value w = bytes(DType.INT8, rows, k, n);
    Value sums = net.add(new MatMulInteger(), x, w, number(left, 9));
    allSetsAgree(net.outputs(sums), 2, rows, k);
    Value y =
        net.add(
            new QLinearMatMul(),
            x,
            scalar(0.02),
            number(left, 9),
            w,
            scales(n),
            weightZero(DType.INT8, false, n),
            scalar(3),
            number(DType.UINT8, 100));
    allSetsAgree(net.outputs(y), 2, rows, k);
  }

  /** What is larger is so after it was quantised: both orders give the same. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void poolsOfNumbersOf8BitsAreThoseOfFloats(int seed) {
    var random = new Random(seed);
    DType type = seed % 2 == 0 ? DType.UINT8 : DType.INT8;
    List<Integer> kernel = List.of(2 + random.nextInt(3), 2 + random.nextInt(3));
    List<Integer> strides = List.of(1 + random.nextInt(3), 1 + random.nextInt(3));
    List<Integer> dilations = List.of(1 + random.nextInt(2), 1);
    List<Integer> pads = List.of(random.nextInt(2), 1, 1, random.nextInt(2));
    var window = new Window(kernel, strides, dilations, pads, AutoPad.NOTSET, seed % 3 == 0);
    long[] sizes = {1 + seed % 2, 1 + random.nextInt(80), 11, 13};
    var dims = LongStream.of(sizes).mapToObj(Long::toString).toArray(String[]::new);
    Value x = quantized(type, 100 - seed, dims);
    Value y = net.add(new PoolOp.MaxPool(window), x);
    var op = new QuantizeLinear(new Granularity(1, 0), Optional.of(type), Optional.empty(), true);
    Value pooled = net.add(new PoolOp.MaxPool(window), new Value("x", x.type()));
    Value expected = net.add(op, pooled, scalar(0.02), number(type, 100 - seed));
    Map<String, Tensor> inputs = Map.of("x", random(3, sizes));
    for (Kernels kernels : Operators.kernelSets()) {
      SessionOptions options = SessionOptions.defaults().threads(1 + seed % 3);
      try (Session session = new NativeEngine(kernels).open(net.outputs(y, expected), options)) {
        List<Tensor> found = List.copyOf(session.run(inputs).values());
        assertThat(found.getFirst().dense().segment().mismatch(found.getLast().dense().segment()))
            .isEqualTo(-1);
      }
    }
  }
}
