package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.PlaneConvolution;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import dev.sardonyx.runtime.machine.Processor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Processor.Level.class)
class PlanesTest {
  private final Kernels machine;

  PlanesTest(Processor.Level level) {
    assumeTrue(Processor.current().has(level), level + " is not there");
    machine = MachineKernels.of(level, () -> Kernels.scalar(MachineKernels.width(level)));
  }

  /** What a convolution reads besides its shape. */
  private record Data(float[] x, float[] weights, float[] bias, float[] residual, int ending) {}

  private static float[] random(Random random, int n) {
    var values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static Data data(ConvolutionGeometry g, Random random) {
    return new Data(
        random(random, (int) (g.batch() * g.channels() * g.inPixels())),
        random(random, g.outChannels() * g.taps()),
        random(random, g.outChannels()),
        random(random, g.batch() * g.outPixels() * g.outChannels()),
        random.nextInt(12));
  }

  /** So many lines at a time, all memory before or behind a page that must not be touched. */
  private float[] run(ConvolutionGeometry g, Data d, int step, boolean atEnd) {
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
      MemorySegment panels =
          Guarded.of(arena, (int) machine.panelElements(g.taps(), g.outChannels()), atEnd);
      MemorySegment weights = MemorySegment.ofArray(d.weights());
      machine.packPanels(weights, 0, g.taps(), g.outChannels(), 1, g.taps(), panels, 0);
      var p =
          new PlaneConvolution(
              g,
              Guarded.of(arena, d.x(), atEnd),
              panels,
              Guarded.of(arena, d.residual().length, atEnd),
              epilogue);
      var arrays = new HotArrays();
      for (int line = 0; line < p.lines(); line += step) {
        machine.convolvePlanes(p, line, Math.min(line + step, p.lines()), arrays);
      }
      return p.y().toArray(JAVA_FLOAT_UNALIGNED);
    }
  }

  private static double expected(ConvolutionGeometry g, Data d, int pixel, int channel) {
    int image = pixel / g.outPixels();
    long top = g.height().start(pixel % g.outPixels() / g.outWidth());
    long left = g.width().start(pixel % g.outWidth());
    double sum = d.ending() % 2 == 1 ? d.bias()[channel] : 0;
    sum += d.ending() / 2 % 2 == 1 ? d.residual()[pixel * g.outChannels() + channel] : 0;
    int weight = channel * g.taps();
    for (int c = 0; c < g.channels(); c++) {
      for (int i = 0; i < g.height().kernel(); i++) {
        for (int j = 0; j < g.width().kernel(); j++) {
          long row = top + (long) i * g.height().dilation();
          long column = left + (long) j * g.width().dilation();
          boolean inside =
              row >= 0 && row < g.height().size() && column >= 0 && column < g.width().size();
          if (inside) {
            long plane = (long) image * g.channels() + c;
            long at = (plane * g.height().size() + row) * g.width().size() + column;
            sum += d.x()[(int) at] * (double) d.weights()[weight];
          }
          weight++;
        }
      }
    }
    return d.ending() / 4 == 0 ? sum : d.ending() / 4 == 1 ? Math.max(sum, 0) : clip(sum);
  }

  private static double clip(double sum) {
    return Math.clamp(sum, -1, 1);
  }

  private static Axis axis(Random random, int kernel) {
    int dilation = 1 + random.nextInt(2);
    int before = random.nextInt(kernel + 1);
    int after = random.nextInt(kernel + 1);
    int least = Math.max(1, (kernel - 1) * dilation + 1 - before - after);
    return new Axis(
        least + random.nextInt(40), kernel, 1 + random.nextInt(6), dilation, before, after);
  }

  @Test
  void agreesWithTheDefinitionHoweverItsLinesAreCut() {
    var random = new Random(2);
    for (int i = 0; i < 300; i++) {
      int out = i < 70 ? i + 1 : 1 + random.nextInt(100);
      Axis height = axis(random, 1 + random.nextInt(7));
      Axis width = axis(random, 1 + random.nextInt(7));
      int channels = 1 + random.nextInt(4);
      var g = new ConvolutionGeometry(1 + i % 2, channels, out, 1, Axis.SINGLE, height, width);
      Data d = data(g, random);
      float[] whole = run(g, d, Integer.MAX_VALUE / 2, true);
      for (int j = 0; j < whole.length; j++) {
        assertThat((double) whole[j])
            .as("%s at %d", g, j)
            .isCloseTo(expected(g, d, j / out, j % out), within(1e-4));
      }
      assertThat(run(g, d, 1 + i % 4, false)).as("in parts: %s", g).isEqualTo(whole);
    }
  }

  @Test
  void memoryOnTheHeapServesAsWell() {
    var random = new Random(3);
    Axis axis = new Axis(20, 3, 2, 1, 1, 1);
    var g = new ConvolutionGeometry(1, 3, 40, 1, Axis.SINGLE, axis, axis);
    Data d =
        new Data(
            random(random, 1200), random(random, 1080), random(random, 40), new float[4000], 1);
    MemorySegment panels = MemorySegment.ofArray(new float[(int) machine.panelElements(27, 40)]);
    machine.packPanels(MemorySegment.ofArray(d.weights()), 0, 27, 40, 1, 27, panels, 0);
    MemorySegment y = MemorySegment.ofArray(new float[4000]);
    Epilogue epilogue = Epilogue.NONE.withBias(MemorySegment.ofArray(d.bias()));
    var p = new PlaneConvolution(g, MemorySegment.ofArray(d.x()), panels, y, epilogue);
    machine.convolvePlanes(p, 0, 3, new HotArrays());
    machine.convolvePlanes(p, 3, 10, new HotArrays());
    assertThat(y.toArray(JAVA_FLOAT_UNALIGNED)).isEqualTo(run(g, d, 10, true));
  }
}
