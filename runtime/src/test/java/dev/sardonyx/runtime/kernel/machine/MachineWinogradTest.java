package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import dev.sardonyx.runtime.kernel.WinogradConvolution;
import dev.sardonyx.runtime.machine.Processor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Processor.Level.class)
class MachineWinogradTest {
  private final Kernels scalar;
  private final Kernels machine;

  /** Of the output's scale. */
  private static final double[] ERRORS = {0, 0, 2e-6, 0, 1.5e-5};

  MachineWinogradTest(Processor.Level level) {
    assumeTrue(Processor.current().has(level), level + " is not there");
    scalar = Kernels.scalar(MachineKernels.width(level));
    machine = MachineKernels.of(level, () -> scalar);
  }

  /** A convolution with what it reads. */
  private record Case(
      int size,
      int batch,
      int channels,
      int outChannels,
      Axis height,
      Axis width,
      float[] x,
      float[] weights,
      float @Nullable [] bias,
      float @Nullable [] residual,
      @Nullable UnaryFunction activation) {

    static Case of(Random random, int i) {
      int size = 2 + i % 2 * 2;
      int batch = 1 + random.nextInt(3);
      int channels = 1 + random.nextInt(i % 10 == 0 ? 400 : 70);
      int outChannels = 1 + random.nextInt(i % 7 == 0 ? 200 : 70);
      Axis height = axis(random, 1 + random.nextInt(14));
      Axis width = axis(random, 1 + random.nextInt(i % 5 == 0 ? 60 : 14));
      int outputs = batch * height.output() * width.output() * outChannels;
      return new Case(
          size,
          batch,
          channels,
          outChannels,
          height,
          width,
          random(random, batch * height.size() * width.size() * channels),
          random(random, outChannels * channels * 9),
          random.nextBoolean() ? random(random, outChannels) : null,
          random.nextBoolean() ? random(random, outputs) : null,
          switch (i % 3) {
            case 0 -> new UnaryFunction.Relu();
            case 1 -> new UnaryFunction.Clip(-1, 2.5f);
            default -> null;
          });
    }

    private static Axis axis(Random random, int size) {
      int before = random.nextInt(5);
      int after = Math.max(3 - size - before, random.nextInt(5));
      return new Axis(size, 3, 1, 1, before, after);
    }

    private static float[] random(Random random, int n) {
      float[] values = new float[n];
      for (int i = 0; i < n; i++) {
        values[i] = (float) random.nextGaussian();
      }
      return values;
    }

    int outputs() {
      return batch * height.output() * width.output() * outChannels;
    }

    int packed(int width) {
      int panels = Math.ceilDiv(outChannels, width);
      return (size + 2) * (size + 2) * panels * width * channels;
    }

    private double input(int image, int line, int column, int channel) {
      boolean isInside = line >= 0 && line < height.size() && column >= 0 && column < width.size();
      int pixel = (image * height.size() + line) * width.size() + column;
      return isInside ? x[pixel * channels + channel] : 0;
    }

    /** An output before its activation. */
    private double sum(int index) {
      int out = index % outChannels;
      int column = index / outChannels % width.output();
      int row = index / outChannels / width.output();
      int image = row / height.output();
      int line = row % height.output();
      double sum = (bias == null ? 0 : bias[out]) + (residual == null ? 0 : residual[index]);
      for (int c = 0; c < channels; c++) {
        for (int tap = 0; tap < 9; tap++) {
          int down = line + tap / 3 - height.padBefore();
          int across = column + tap % 3 - width.padBefore();
          sum += input(image, down, across, c) * weights[(out * channels + c) * 9 + tap];
        }
      }
      return sum;
    }

    /** Runs it in parts. */
    float[] run(Kernels kernels, int tilesOfPart, int panelsOfPart, boolean atEnd) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment packed = Guarded.of(arena, packed(kernels.panelWidth()), atEnd);
        packed.fill((byte) -1);
        MemorySegment given = Guarded.of(arena, weights, atEnd);
        kernels.packWinograd(size, channels, outChannels, given.asReadOnly(), packed);
        MemorySegment y = Guarded.of(arena, outputs(), atEnd);
        var epilogue =
            new Epilogue(
                bias == null ? null : Guarded.of(arena, bias, atEnd),
                residual == null ? null : Guarded.of(arena, residual, atEnd),
                activation);
        var w =
            new WinogradConvolution(
                size,
                batch,
                channels,
                outChannels,
                height,
                width,
                Guarded.of(arena, x, atEnd).asReadOnly(),
                packed.asReadOnly(),
                y,
                epilogue);
        var arrays = new HotArrays();
        int step = panelsOfPart * kernels.panelWidth();
        for (int tile = 0; tile < w.tiles(); tile += tilesOfPart) {
          int end = Math.min(w.tiles(), tile + tilesOfPart);
          for (int c = 0; c < outChannels; c += step) {
            kernels.winograd(w, tile, end, c, Math.min(outChannels, c + step), arrays);
          }
        }
        return y.toArray(JAVA_FLOAT_UNALIGNED);
      }
    }

    @Override
    public String toString() {
      return "F(%d, 3), %d x %s x %s, %d to %d channels"
          .formatted(size, batch, height, width, channels, outChannels);
    }
  }

  @Test
  void agreesWithTheDefinitionHoweverItsTilesAndChannelsAreCut() {
    var random = new Random(5);
    for (int i = 0; i < 150; i++) {
      var c = Case.of(random, i);
      float[] first = c.run(machine, Integer.MAX_VALUE / 2, 1 << 20, i % 4 < 2);
      double[] sums = new double[first.length];
      Arrays.setAll(sums, c::sum);
      double scale = Arrays.stream(sums).map(Math::abs).max().orElseThrow();
      for (int j = 0; j < first.length; j++) {
        double expected = c.activation() == null ? sums[j] : c.activation().applyAsDouble(sums[j]);
        assertThat((double) first[j])
            .as("%s at %d", c, j)
            .isCloseTo(expected, within(scale * ERRORS[c.size()]));
      }
      assertThat(c.run(machine, 1 + random.nextInt(20), 1 + i % 3, i % 4 > 1))
          .as("in parts: %s", c)
          .isEqualTo(first);
    }
  }

  @Test
  void transformedWeightsAreThoseOfThePlainLoopsButForTheLastBit() {
    var random = new Random(6);
    for (int i = 0; i < 60; i++) {
      var c = Case.of(random, i);
      float[] expected = packed(scalar, c);
      float[] packed = packed(machine, c);
      for (int j = 0; j < packed.length; j++) {
        assertThat((double) packed[j])
            .as("%s at %d", c, j)
            .isCloseTo(expected[j], within(1.01 * Math.ulp(expected[j])));
      }
    }
  }

  @Test
  void weightsOnTheHeapAreTransformedByTheSameCode() {
    var c = Case.of(new Random(7), 1);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment packed = Guarded.of(arena, c.packed(machine.panelWidth()), true);
      MemorySegment weights = MemorySegment.ofArray(c.weights());
      machine.packWinograd(c.size(), c.channels(), c.outChannels(), weights, packed);
      assertThat(packed.toArray(JAVA_FLOAT_UNALIGNED)).isEqualTo(packed(machine, c));
    }
  }

  private static float[] packed(Kernels kernels, Case c) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment packed = Guarded.of(arena, c.packed(kernels.panelWidth()), true);
      packed.fill((byte) -1);
      MemorySegment weights = Guarded.of(arena, c.weights(), true);
      kernels.packWinograd(c.size(), c.channels(), c.outChannels(), weights, packed);
      return packed.toArray(JAVA_FLOAT_UNALIGNED);
    }
  }
}
