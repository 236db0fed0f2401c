package dev.sardonyx.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.runtime.kernel.Sets.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PoolTest {

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void agreesWithTheReferenceForRandomGeometries(Kernels kernels, Memory memory) {
    var random = new Random(5);
    for (int i = 0; i < 60; i++) {
      var g =
          new PoolGeometry(
              1 + random.nextInt(3),
              1 + random.nextInt(12),
              1 + random.nextInt(40),
              1 + random.nextInt(4),
              1 + random.nextInt(4),
              1 + random.nextInt(3),
              1 + random.nextInt(3),
              1 + random.nextInt(2),
              1 + random.nextInt(2),
              random.nextInt(3),
              random.nextInt(3),
              random.nextInt(3),
              random.nextInt(3),
              random.nextInt(14),
              random.nextInt(42),
              random.nextBoolean());
      float[] x = Sets.random(g.planes() * g.height() * g.width(), i);
      MemorySegment y = memory.of(g.planes() * g.outHeight() * g.outWidth());
      kernels.maxPool(g, memory.of(x), y);
      for (int at = 0; at < y.byteSize() / 4; at++) {
        assertThat((double) Floats.get(y, at)).as("%s", g).isEqualTo(reference(g, x, at, true));
      }
      kernels.averagePool(g, memory.of(x), y);
      for (int at = 0; at < y.byteSize() / 4; at++) {
        assertThat((double) Floats.get(y, at))
            .as("%s", g)
            .isCloseTo(reference(g, x, at, false), within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void meansWholePlanes(Kernels kernels) {
    var g = new PoolGeometry(2, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, false);
    MemorySegment y = Memory.NATIVE.of(2);
    kernels.averagePool(g, Memory.NATIVE.of(1, 2, 3, 4, 5, 6, 7, 8), y);
    assertThat(Sets.array(y)).containsExactly(2.5f, 6.5f);
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void nanWinsAndPaddingNeverDoes(Kernels kernels) {
    var g = new PoolGeometry(1, 1, 4, 1, 2, 1, 2, 1, 1, 0, 2, 0, 2, 1, 4, false);
    MemorySegment y = Memory.HEAP.of(4);
    kernels.maxPool(g, Memory.HEAP.of(Float.NaN, 1, -5, -4), y);
    float lowest = Float.NEGATIVE_INFINITY;
    assertThat(Sets.array(y)).containsExactly(lowest, Float.NaN, -4, lowest);
    kernels.averagePool(g, Memory.HEAP.of(2, 1, -5, -4), y);
    assertThat(Sets.array(y)).containsExactly(0, 1.5f, -4.5f, 0);
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void dividesByTapsInsideThePaddedInputOnly(Kernels kernels) {
    // A ceil_mode window: taps at -1, 0 | 1, 2 | 3, 4 of a width of 4 without padding behind.
    var g = new PoolGeometry(1, 1, 4, 1, 2, 1, 2, 1, 1, 0, 1, 0, 0, 1, 3, true);
    MemorySegment y = Memory.HEAP.of(3);
    kernels.averagePool(g, Memory.HEAP.of(2, 3, 5, 7), y);
    assertThat(Sets.array(y)).containsExactly(1, 4, 7);
  }

  private static double reference(PoolGeometry g, float[] x, int at, boolean maximum) {
    int column = at % g.outWidth() * g.strideWidth() - g.padLeft();
    int row = at / g.outWidth() % g.outHeight() * g.strideHeight() - g.padTop();
    int plane = at / g.outWidth() / g.outHeight();
    double best = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int count = 0;
    for (int i = 0; i < g.kernelHeight(); i++) {
      for (int j = 0; j < g.kernelWidth(); j++) {
        int h = row + i * g.dilationHeight();
        int w = column + j * g.dilationWidth();
        boolean inside = h >= 0 && h < g.height() && w >= 0 && w < g.width();
        if (inside) {
          float value = x[(plane * g.height() + h) * g.width() + w];
          best = Math.max(best, value);
          sum += value;
        }
        boolean padded = h < g.height() + g.padBottom() && w < g.width() + g.padRight();
        count += inside || (g.countIncludePad() && padded) ? 1 : 0;
      }
    }
    return maximum ? best : count == 0 ? 0 : sum / count;
  }
}
