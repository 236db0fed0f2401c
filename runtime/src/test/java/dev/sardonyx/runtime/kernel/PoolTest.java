package dev.sardonyx.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.runtime.kernel.Sets.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
              i % 3 == 0 ? axis(random, 5) : Axis.SINGLE,
              axis(random, 12),
              axis(random, 40),
              i % 3 == 0 ? random.nextInt(4) : 1,
              random.nextInt(14),
              random.nextInt(42),
              random.nextBoolean());
      float[] x = Sets.random(g.planes() * (int) g.inPixels(), i);
      MemorySegment y = memory.of(g.planes() * g.outDepth() * g.outHeight() * g.outWidth());
      kernels.maxPool(g, memory.of(x), y);
      for (int at = 0; at < y.byteSize() / 4; at++) {
        assertThat((double) Floats.get(y, at)).as("%s", g).isEqualTo(reference(g, x, at, true));
      }
      checkPlaces(kernels, g, memory.of(x), y);
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
    var g = flat(2, new Axis(2, 2, 1, 1, 0, 0), new Axis(2, 2, 1, 1, 0, 0), 1, false);
    MemorySegment y = Memory.NATIVE.of(2);
    kernels.averagePool(g, Memory.NATIVE.of(1, 2, 3, 4, 5, 6, 7, 8), y);
    assertThat(Sets.array(y)).containsExactly(2.5f, 6.5f);
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void nanWinsAndPaddingNeverDoes(Kernels kernels) {
    var g = flat(1, Axis.SINGLE, new Axis(4, 2, 2, 1, 2, 2), 4, false);
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
    var g = flat(1, Axis.SINGLE, new Axis(4, 2, 2, 1, 1, 0), 3, true);
    MemorySegment y = Memory.HEAP.of(3);
    kernels.averagePool(g, Memory.HEAP.of(2, 3, 5, 7), y);
    assertThat(Sets.array(y)).containsExactly(1, 4, 7);
  }

  private static Axis axis(Random random, int most) {
    return new Axis(
        1 + random.nextInt(most),
        1 + random.nextInt(4),
        1 + random.nextInt(3),
        1 + random.nextInt(2),
        random.nextInt(3),
        random.nextInt(3));
  }

  private static PoolGeometry flat(
      int planes, Axis height, Axis width, int outWidth, boolean countIncludePad) {
    return new PoolGeometry(planes, Axis.SINGLE, height, width, 1, 1, outWidth, countIncludePad);
  }

  /** The places are where the maxima are, in either order of the axes. */
  private static void checkPlaces(
      Kernels kernels, PoolGeometry g, MemorySegment x, MemorySegment maxima) {
    int count = (int) (maxima.byteSize() / 4);
    MemorySegment y = Memory.HEAP.of(count);
    MemorySegment places = MemorySegment.ofArray(new long[count]);
    MemorySegment turned = MemorySegment.ofArray(new long[count]);
    kernels.maxPoolWithPlaces(g, x, y, places, false);
    kernels.maxPoolWithPlaces(g, x, y, turned, true);
    assertThat(Sets.array(y)).isEqualTo(Sets.array(maxima));
    long height = g.height().size();
    long width = g.width().size();
    for (int i = 0; i < count; i++) {
      long place = places.getAtIndex(ValueLayout.JAVA_LONG, i);
      if (place < 0) {
        assertThat(Floats.get(y, i)).isEqualTo(Float.NEGATIVE_INFINITY);
        continue;
      }
      assertThat(Floats.get(x, place)).isEqualTo(Floats.get(y, i));
      long plane = place / g.inPixels() * g.inPixels();
      long inside = place - plane;
      long column = inside % width;
      long row = inside / width % height;
      long slice = inside / width / height;
      assertThat(turned.getAtIndex(ValueLayout.JAVA_LONG, i))
          .isEqualTo(plane + slice + g.depth().size() * (row + height * column));
    }
  }

  private static double reference(PoolGeometry g, float[] x, int at, boolean maximum) {
    int column = at % g.outWidth();
    int row = at / g.outWidth() % g.outHeight();
    int slice = at / g.outWidth() / g.outHeight() % g.outDepth();
    int plane = at / g.outWidth() / g.outHeight() / g.outDepth();
    double best = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int count = 0;
    for (int i = 0; i < g.depth().kernel(); i++) {
      for (int j = 0; j < g.height().kernel(); j++) {
        for (int k = 0; k < g.width().kernel(); k++) {
          int d = place(g.depth(), slice, i);
          int h = place(g.height(), row, j);
          int w = place(g.width(), column, k);
          boolean inside = isIn(g.depth(), d) && isIn(g.height(), h) && isIn(g.width(), w);
          if (inside) {
            int at3 = ((plane * g.depth().size() + d) * g.height().size() + h) * g.width().size();
            best = Math.max(best, x[at3 + w]);
            sum += x[at3 + w];
          }
          boolean padded = isPad(g.depth(), d) && isPad(g.height(), h) && isPad(g.width(), w);
          count += inside || (g.countIncludePad() && padded) ? 1 : 0;
        }
      }
    }
    return maximum ? best : count == 0 ? 0 : sum / count;
  }

  private static int place(Axis axis, int window, int tap) {
    return window * axis.stride() + tap * axis.dilation() - axis.padBefore();
  }

  private static boolean isIn(Axis axis, int place) {
    return place >= 0 && place < axis.size();
  }

  private static boolean isPad(Axis axis, int place) {
    return place < axis.size() + axis.padAfter();
  }
}
