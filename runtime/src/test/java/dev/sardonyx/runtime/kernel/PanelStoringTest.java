package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.runtime.kernel.Sets.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PanelStoringTest {

  /** Ties to even in both types, subnormals of both, numbers around the ends of float16. */
  private static final float[] VALUES = {
    0f,
    -0f,
    1f,
    0x1.01p0f,
    0x1.03p0f,
    -0x1.02p0f,
    0.1f,
    -0x1.921fb6p1f,
    0x1.0624dep-10f,
    65504f,
    0x1.ffdffep15f,
    0x1.ffb48p-15f,
    0x1p-15f,
    0x1p-24f,
    0x1p-25f,
    0x1.000004p-25f,
    0x1.16c2p-133f,
    -0x1.fffffcp-127f,
    0x1.555556p-2f,
    0x1.ffep10f,
    0x1.001p11f,
    0x1.003p11f
  };

  /** From torch 1.13: {@code torch.tensor(values).to(torch.bfloat16)}. */
  private static final int[] BFLOAT16 = {
    0x0, 0x8000, 0x3f80, 0x3f80, 0x3f82, 0xbf81, 0x3dcd, 0xc049, 0x3a83, 0x4780, 0x4780, 0x3880,
    0x3800, 0x3380, 0x3300, 0x3300, 0x1, 0x8080, 0x3eab, 0x4500, 0x4500, 0x4500
  };

  /** From NumPy: {@code values.astype(float16)}. */
  private static final int[] FLOAT16 = {
    0x0, 0x8000, 0x3c00, 0x3c04, 0x3c0c, 0xbc08, 0x2e66, 0xc248, 0x1419, 0x7bff, 0x7bff, 0x3ff,
    0x200, 0x1, 0x0, 0x1, 0x0, 0x8000, 0x3555, 0x6800, 0x6800, 0x6801
  };

  /** Five channels, down the columns: the third is zero, the fourth too small for a scale. */
  private static final float[] CHANNELS = {
    0.5f, -127, 0, 1e-44f, 3, //
    -0.25f, 63.5f, 0, -3e-45f, 1.5f, //
    0.3f, 62.5f, -0f, 0, -1.48f, //
    0.001f, 0.5f, 0, 1e-45f, 0.011811024f, //
    -0.5f, -1.5f, 0, 0, -3
  };

  /** From NumPy: {@code abs(channels).max(0) / float32(127)}. */
  private static final float[] SCALES = {0.003937007859349251f, 1, 0, 0, 0.023622047156095505f};

  /** From NumPy: {@code rint(channels / scales)}, 0 where a scale is. */
  private static final int[] INT8 = {
    127, -127, 0, 0, 127, -64, 64, 0, 0, 64, 76, 62, 0, 0, -63, 0, 0, 0, 0, 0, -127, -2, 0, 0, -127
  };

  /**
   * From NumPy, for {@link #groups}: the first of the largest magnitude of each 32 divided by
   * float32(-8), its upper 16 bits rounded to even.
   */
  private static final int[][] GROUP_SCALES = {
    {0x3e70, 0x3e70, 0, 0, 0x7037}, {0x3e50, 0xbac3, 0, 0, 0x703d}
  };

  /**
   * From NumPy: rows, then {@code clip(rint(groups / scales), -8, 7)} of them, 0 where a scale is.
   */
  private static final int[][] INT4 = {
    {0, -8, -6, 0, 0, -1},
    {13, -5, -3, 0, 0, 2},
    {31, 4, 6, 0, 0, -5},
    {32, -5, 4, 0, 0, 3},
    {39, 1, -4, 0, 0, -8}
  };

  /** 40 x 5: the third column is zero, the fourth too small for scales, the fifth large. */
  private static float[] groups() {
    var values = new float[40 * 5];
    for (int i = 0; i < values.length; i++) {
      int row = i / 5;
      int column = i % 5;
      float value = ((row * 29 + column * 7) % 61 - 30) / 16f;
      values[i] =
          switch (column) {
            case 0 -> value;
            case 1 -> row < 32 ? value : value * 0.01f;
            case 2 -> 0;
            case 3 -> value * 0x1p-140f;
            default -> value * 1e30f;
          };
    }
    return values;
  }

  /** One matrix that lies row by row, stored. */
  static StoredPanels stored(Kernels kernels, WeightStorage storage, int k, int n, float[] b) {
    MemorySegment from = Memory.NATIVE.of(b);
    return stored(
        kernels,
        storage,
        k,
        n,
        (row, rows, column, columns, part) ->
            kernels.packPanels(from, (long) row * n + column, rows, columns, n, 1, part, 0));
  }

  /** The same without kernels that pack float32. */
  static StoredPanels byHand(Kernels kernels, WeightStorage storage, int k, int n, float[] b) {
    int width = kernels.panelWidth();
    return stored(
        kernels,
        storage,
        k,
        n,
        (row, rows, column, columns, part) -> {
          for (int i = 0; i < rows * width; i++) {
            int j = i % width;
            float value = j < columns ? b[(row + i / width) * n + column + j] : 0;
            Floats.set(part, i, value);
          }
        });
  }

  private static StoredPanels stored(
      Kernels kernels, WeightStorage storage, int k, int n, PanelStoring.Source source) {
    int elements = (int) kernels.panelElements(k, n);
    long bytes = (long) elements * StoredPanels.elementBits(storage, kernels) / Byte.SIZE;
    int scales = (int) StoredPanels.scaleBytes(storage, k, n, kernels) / Float.BYTES;
    MemorySegment values = Memory.NATIVE.of(elements).asSlice(0, bytes);
    var to = new StoredPanels(storage, values, Memory.NATIVE.of(scales));
    PanelStoring.pack(kernels, k, n, source, to);
    return to;
  }

  private static float[] widened(Kernels kernels, WeightStorage storage, float[] values) {
    int width = kernels.panelWidth();
    StoredPanels panels = stored(kernels, storage, 1, values.length, values);
    float[] to = new float[Math.ceilDiv(values.length, width) * width];
    for (int i = 0; i < to.length; i += width) {
      PanelWidening.widen(panels, i, width, 1, width, new HotArrays(), to, i);
    }
    return Arrays.copyOf(to, values.length);
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void roundsToBfloat16AsTorch(Kernels kernels) {
    float[] found = widened(kernels, WeightStorage.BFLOAT16, VALUES);
    for (int i = 0; i < VALUES.length; i++) {
      assertThat(Float.floatToRawIntBits(found[i]))
          .as("%a", VALUES[i])
          .isEqualTo(BFLOAT16[i] << 16);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void roundsToFloat16AsNumPy(Kernels kernels) {
    float[] found = widened(kernels, WeightStorage.FLOAT16, VALUES);
    for (int i = 0; i < VALUES.length; i++) {
      assertThat(found[i]).as("%a", VALUES[i]).isEqualTo(Float.float16ToFloat((short) FLOAT16[i]));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void scalesEachChannelByItsLargestAsNumPy(Kernels kernels) {
    StoredPanels panels = stored(kernels, WeightStorage.INT8, 5, 5, CHANNELS);
    for (int i = 0; i < SCALES.length; i++) {
      assertThat(Floats.get(panels.scales(), i)).isEqualTo(SCALES[i]);
    }
    for (int i = 0; i < INT8.length; i++) {
      long at = (long) (i / 5) * kernels.panelWidth() + i % 5;
      assertThat(panels.values().get(JAVA_BYTE, at)).as("element %d", i).isEqualTo((byte) INT8[i]);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void scalesEachGroupOfAChannelByItsLargestAsNumPy(Kernels kernels) {
    StoredPanels panels = stored(kernels, WeightStorage.INT4, 40, 5, groups());
    int width = kernels.panelWidth();
    for (int[] numbers : INT4) {
      int row = numbers[0];
      var found = new float[width];
      long from = (long) row * width;
      PanelWidening.widen(panels, from, 40L * width, 1, width, new HotArrays(), found, 0);
      for (int j = 0; j < 5; j++) {
        float scale = Float.intBitsToFloat(GROUP_SCALES[row / 32][j] << 16);
        float difference = found[j] - numbers[j + 1] * scale;
        assertThat(Math.abs(difference)).as("(%d, %d)", row, j).isEqualTo(0f);
      }
      for (int j = 5; j < width; j++) {
        assertThat(Math.abs(found[j])).as("beyond the last column").isEqualTo(0f);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = WeightStorage.class,
      names = {"BFLOAT16", "FLOAT16", "INT8", "INT4"})
  void doesNotHoldWhatIsNotFinite(WeightStorage storage) {
    for (float value : List.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY)) {
      float[] values = Sets.random(100_001, 1);
      assertThat(PanelStoring.holds(storage, Memory.HEAP.of(values))).isTrue();
      values[100_000] = value;
      assertThat(PanelStoring.holds(storage, Memory.HEAP.of(values))).isFalse();
    }
  }

  @Test
  void doesNotHoldWhatWouldBecomeAnInfinity() {
    MemorySegment most = Memory.HEAP.of(Float.MAX_VALUE);
    assertThat(PanelStoring.holds(WeightStorage.INT8, most)).isTrue();
    assertThat(PanelStoring.holds(WeightStorage.BFLOAT16, most)).isFalse();
    MemorySegment last = Memory.HEAP.of(0x1.fefffep127f);
    assertThat(PanelStoring.holds(WeightStorage.BFLOAT16, last)).isTrue();
    assertThat(PanelStoring.holds(WeightStorage.FLOAT16, Memory.HEAP.of(65519.996f))).isTrue();
    assertThat(PanelStoring.holds(WeightStorage.FLOAT16, Memory.HEAP.of(-65520f))).isFalse();
  }
}
