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
import dev.sardonyx.runtime.kernel.WindowSweep;
import dev.sardonyx.runtime.kernel.WindowSweep.Fold;
import dev.sardonyx.runtime.machine.Processor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Processor.Level.class)
class WindowsTest {
  private final Kernels scalar;
  private final Kernels machine;

  WindowsTest(Processor.Level level) {
    assumeTrue(Processor.current().has(level), level + " is not there");
    scalar = Kernels.scalar(MachineKernels.width(level));
    machine = MachineKernels.of(level, () -> scalar);
  }

  /** What a sweep reads besides its shape. */
  private record Data(float[] x, float[] weights, float[] bias, float[] residual, int ending) {}

  private static WindowSweep shape(
      Fold fold, int batch, int channels, Axis depth, Axis height, Axis width) {
    return new WindowSweep(
        fold,
        batch,
        channels,
        depth,
        height,
        width,
        depth.output(),
        height.output(),
        width.output(),
        MemorySegment.NULL,
        null,
        MemorySegment.NULL,
        Epilogue.NONE);
  }

  private static Data data(WindowSweep s, Random random) {
    int pixels = s.batch() * s.depth().size() * s.height().size() * s.width().size();
    int taps = s.depth().kernel() * s.height().kernel() * s.width().kernel();
    return new Data(
        random(random, pixels * s.channels()),
        random(random, taps * s.channels()),
        random(random, s.channels()),
        random(random, s.lines() * s.outWidth() * s.channels()),
        random.nextInt(12));
  }

  private static float[] random(Random random, int n) {
    var values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** So many lines at a time, all memory before or behind a page that must not be touched. */
  private static float[] run(Kernels kernels, WindowSweep s, Data d, int step, boolean atEnd) {
    try (Arena arena = Arena.ofConfined()) {
      Epilogue epilogue = Epilogue.NONE;
      if (d.ending() % 2 == 1) {
        epilogue = epilogue.withBias(Guarded.of(arena, d.bias(), atEnd));
      }
      if (d.ending() / 2 % 2 == 1) {
        epilogue = epilogue.withResidual(Guarded.of(arena, d.residual(), atEnd));
      }
      if (d.ending() / 4 > 0) {
        epilogue =
            epilogue.withActivation(
                d.ending() / 4 == 1 ? new UnaryFunction.Relu() : new UnaryFunction.Clip(-1, 1));
      }
      var sweep =
          new WindowSweep(
              s.fold(),
              s.batch(),
              s.channels(),
              s.depth(),
              s.height(),
              s.width(),
              s.outDepth(),
              s.outHeight(),
              s.outWidth(),
              Guarded.of(arena, d.x(), atEnd),
              s.fold() == Fold.WEIGHTED_SUM ? Guarded.of(arena, d.weights(), atEnd) : null,
              Guarded.of(arena, d.residual().length, atEnd),
              epilogue);
      for (int line = 0; line < sweep.lines(); line += step) {
        kernels.sweep(sweep, line, Math.min(line + step, sweep.lines()), new HotArrays());
      }
      return sweep.y().toArray(JAVA_FLOAT_UNALIGNED);
    }
  }

  private void agree(WindowSweep s, Data d, int step) {
    float[] expected = run(scalar, s, d, s.lines(), true);
    float[] whole = run(machine, s, d, s.lines(), true);
    for (int i = 0; i < whole.length; i++) {
      if (!Float.isNaN(expected[i]) && !Float.isInfinite(expected[i])) {
        assertThat(whole[i]).as("%s at %d", s, i).isCloseTo(expected[i], within(1e-5f));
      } else {
        assertThat(whole[i]).as("%s at %d", s, i).isEqualTo((Float) expected[i]);
      }
    }
    assertThat(run(machine, s, d, step, false)).as("in parts: %s", s).isEqualTo(whole);
  }

  private static Axis axis(Random random, int kernel, int stride, int dilation) {
    int least = (kernel - 1) * dilation + 1;
    int before = random.nextInt(kernel + 1);
    int after = random.nextInt(kernel + 1);
    int size = Math.max(1, least - before - after) + random.nextInt(14);
    return new Axis(size, kernel, stride, dilation, before, after);
  }

  @Test
  void windowsOfThreeByThreeAgreeWithThePlainLoops() {
    var random = new Random(3);
    for (int i = 0; i < 400; i++) {
      int channels = i < 40 ? i + 1 : 1 + random.nextInt(70);
      Axis height = axis(random, 3, 1 + random.nextInt(3), 1 + random.nextInt(3));
      Axis width = axis(random, 3, 1 + i % 2, 1);
      Axis depth = Axis.SINGLE;
      int batch = 1 + random.nextInt(2);
      WindowSweep s = shape(Fold.WEIGHTED_SUM, batch, channels, depth, height, width);
      agree(s, data(s, random), 1 + random.nextInt(4));
    }
  }

  @Test
  void windowsOfAnySizeAgreeWithThePlainLoops() {
    var random = new Random(4);
    for (int i = 0; i < 400; i++) {
      Fold fold = Fold.values()[i % 4];
      int channels = 1 + random.nextInt(70);
      Axis depth =
          i % 5 == 0 ? axis(random, 1 + random.nextInt(3), 1 + random.nextInt(2), 1) : Axis.SINGLE;
      Axis height =
          axis(random, 1 + random.nextInt(9), 1 + random.nextInt(3), 1 + random.nextInt(2));
      Axis width =
          axis(random, 1 + random.nextInt(9), 1 + random.nextInt(3), 1 + random.nextInt(2));
      WindowSweep s = shape(fold, 1 + random.nextInt(2), channels, depth, height, width);
      agree(s, data(s, random), 1 + random.nextInt(4));
    }
  }

  @Test
  void whatIsInfiniteStaysOutOfThePadding() {
    var random = new Random(5);
    for (int stride = 1; stride <= 2; stride++) {
      Axis axis = new Axis(13, 3, stride, 1, 1, 1);
      WindowSweep s = shape(Fold.WEIGHTED_SUM, 1, 20, Axis.SINGLE, axis, axis);
      Data d = data(s, random);
      d.weights()[3] = Float.POSITIVE_INFINITY;
      d.weights()[20 * 8 + 4] = Float.NEGATIVE_INFINITY;
      d.x()[40 * 20 + 5] = Float.NaN;
      d.x()[6] = Float.NEGATIVE_INFINITY;
      agree(s, d, 2);
    }
  }

  /** What the next lines meet is fetched early where a picture comes from memory. */
  @Test
  void picturesOfAMegabyteAgree() {
    var random = new Random(7);
    for (int kernel : new int[] {2, 5}) {
      Axis axis = new Axis(66, kernel, 2, 1, kernel / 2, kernel / 2);
      agree(s(axis), data(s(axis), random), 40);
    }
  }

  private static WindowSweep s(Axis axis) {
    return shape(Fold.MAXIMUM, 1, 64, Axis.SINGLE, axis, axis);
  }

  @Test
  void theLargestIsNotANumberWhereOneIsNone() {
    var random = new Random(6);
    Axis axis = new Axis(9, 3, 2, 1, 1, 1);
    WindowSweep s = shape(Fold.MAXIMUM, 1, 20, Axis.SINGLE, axis, axis);
    Data d = new Data(data(s, random).x(), new float[0], new float[20], new float[25 * 20], 0);
    d.x()[6] = Float.NaN;
    d.x()[40 * 20 + 5] = Float.NaN;
    d.x()[50 * 20 + 7] = Float.NEGATIVE_INFINITY;
    d.x()[60 * 20 + 7] = Float.POSITIVE_INFINITY;
    agree(s, d, 2);
  }
}
