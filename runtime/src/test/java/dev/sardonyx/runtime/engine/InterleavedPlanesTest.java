package dev.sardonyx.runtime.engine;

import static dev.sardonyx.runtime.engine.Operators.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.op.Granularity;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures of a few planes of bytes whose channels become the last axis. */
class InterleavedPlanesTest {
  private static final int SEED = 3;

  private static int[] toLast(int rank) {
    return IntStream.range(0, rank)
        .map(axis -> axis == 0 ? 0 : axis == rank - 1 ? 1 : axis + 1)
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void channelsMoveLastWhateverTheShape(int planes) {
    for (long[] sizes :
        new long[][] {
          {3, planes, 17}, {2, planes, 5, 7}, {1, planes, 33, 1}, {2, planes, 2, 3, 3}
        }) {
      for (DType type : new DType[] {DType.UINT8, DType.INT8}) {
        var random = new Random(planes);
        float[] values = new float[(int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
          values[i] = random.nextInt(100);
        }
        Tensor x = Tensor.of(values, sizes);
        int[] order = toLast(sizes.length);
        Tensor expected = Reference.transpose(x, order).dense().convert(type);
        var op = new Transpose(Arrays.stream(order).boxed().toList());
        Operators.check(op, expected, 0, x.dense().convert(type));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anyNumberOfThreadsSharesPictures(int threads) {
    Tensor x = random(SEED, 3, 3, 70, 121);
    for (Kernels kernels : Operators.kernelSets()) {
      DenseTensor plain = quantized(kernels, threads, false, x);
      DenseTensor found = quantized(kernels, threads, true, x);
      assertThat(plain.doubleAt(0)).isNotEqualTo(plain.doubleAt(1));
      Tensor expected = Reference.transpose(plain, toLast(4)).dense().convert(DType.UINT8);
      assertThat(found.segment().mismatch(expected.dense().segment())).isEqualTo(-1);
    }
  }

  private static DenseTensor quantized(Kernels kernels, int threads, boolean moved, Tensor x) {
    var net = new Graphs();
    var given = net.input("x", "3", "3", "70", "121");
    var op =
        new QuantizeLinear(new Granularity(1, 0), Optional.of(DType.UINT8), Optional.empty(), true);
    var scale = net.constant("scale", Tensor.scalar(0.01f));
    var zero = net.constant("zero", Tensor.scalar(128f).dense().convert(DType.UINT8));
    var bytes = net.add(op, given, scale, zero);
    var y = moved ? net.add(new Transpose(List.of(0, 2, 3, 1)), bytes) : bytes;
    SessionOptions options = SessionOptions.defaults().threads(threads);
    try (Session session = new NativeEngine(kernels).open(net.outputs(y), options)) {
      return session.run(Map.of("x", x)).values().iterator().next().dense();
    }
  }
}
