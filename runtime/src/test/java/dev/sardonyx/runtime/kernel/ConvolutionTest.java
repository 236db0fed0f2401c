package dev.sardonyx.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.runtime.kernel.Epilogue.BiasAxis;
import dev.sardonyx.runtime.kernel.Sets.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionTest {

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void agreesWithTheReferenceForPlainKernels(Kernels kernels, Memory memory) {
    check(kernels, memory, of(2, 3, 9, 11, 5, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1));
    check(kernels, memory, of(1, 1, 28, 28, 16, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1));
    check(kernels, memory, of(1, 2, 1, 40, 3, 1, 5, 1, 1, 1, 1, 0, 2, 0, 2, 1));
    check(kernels, memory, of(0, 2, 4, 4, 3, 3, 3, 1, 1, 1, 1, 0, 0, 0, 0, 1));
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void agreesWithTheReferenceForPointwiseKernels(Kernels kernels, Memory memory) {
    check(kernels, memory, of(2, 7, 6, 13, 9, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1));
    check(kernels, memory, of(2, 6, 6, 13, 9, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 3));
    check(kernels, memory, of(1, 7, 6, 13, 9, 1, 1, 2, 3, 1, 1, 0, 1, 2, 0, 1));
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void agreesWithTheReferenceForDepthwiseKernels(Kernels kernels, Memory memory) {
    check(kernels, memory, of(2, 4, 19, 35, 4, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 4));
    check(kernels, memory, of(1, 3, 14, 14, 6, 5, 3, 2, 2, 1, 2, 2, 2, 2, 2, 3));
    check(kernels, memory, of(1, 2, 5, 5, 2, 5, 5, 1, 1, 1, 1, 4, 4, 4, 4, 2));
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void agreesWithTheReferenceForRandomGeometries(Kernels kernels) {
    var random = new Random(11);
    for (int i = 0; i < 60; i++) {
      int groups = 1 + random.nextInt(3);
      int kernelHeight = 1 + random.nextInt(4);
      int kernelWidth = 1 + random.nextInt(4);
      int dilationHeight = 1 + random.nextInt(2);
      int dilationWidth = 1 + random.nextInt(3);
      check(
          kernels,
          Memory.NATIVE,
          of(
              1 + random.nextInt(2),
              groups * (1 + random.nextInt(3)),
              kernelHeight * dilationHeight + random.nextInt(12),
              kernelWidth * dilationWidth + random.nextInt(30),
              groups * (1 + random.nextInt(8)),
              kernelHeight,
              kernelWidth,
              1 + random.nextInt(3),
              1 + random.nextInt(3),
              dilationHeight,
              dilationWidth,
              random.nextInt(4),
              random.nextInt(4),
              random.nextInt(4),
              random.nextInt(4),
              groups));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void gathersInSeveralBlocksWhereScratchIsShort(Kernels kernels) {
    ConvolutionGeometry large = of(1, 256, 20, 20, 4, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(kernels.convolutionScratchElements(large))
        .isLessThan((long) large.taps() * large.outPixels());
    check(kernels, Memory.NATIVE, large);
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void convolvesByHand(Kernels kernels) {
    ConvolutionGeometry g = of(1, 1, 2, 3, 1, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0, 1);
    MemorySegment y = Memory.HEAP.of(2);
    MemorySegment scratch = Memory.HEAP.of((int) kernels.convolutionScratchElements(g));
    MemorySegment x = Memory.HEAP.of(1, 2, 3, 4, 5, 6);
    kernels.convolution(g, x, Memory.HEAP.of(1, 10, 100, 1000), y, Epilogue.NONE, scratch);
    assertThat(Sets.array(y)).containsExactly(5421, 6532);
  }

  @Test
  void refusesABiasPerColumn() {
    ConvolutionGeometry g = of(1, 1, 2, 2, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1);
    MemorySegment any = Memory.HEAP.of(64);
    Epilogue wrong = Epilogue.NONE.withBias(any, BiasAxis.PER_COLUMN);
    assertThatThrownBy(() -> Kernels.scalar().convolution(g, any, any, any, wrong, any))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PER_ROW");
  }

  private static ConvolutionGeometry of(
      int batch,
      int channels,
      int height,
      int width,
      int outChannels,
      int kernelHeight,
      int kernelWidth,
      int strideHeight,
      int strideWidth,
      int dilationHeight,
      int dilationWidth,
      int top,
      int left,
      int bottom,
      int right,
      int groups) {
    return new ConvolutionGeometry(
        batch,
        channels,
        outChannels,
        groups,
        Axis.SINGLE,
        new Axis(height, kernelHeight, strideHeight, dilationHeight, top, bottom),
        new Axis(width, kernelWidth, strideWidth, dilationWidth, left, right));
  }

  private static void check(Kernels kernels, Memory memory, ConvolutionGeometry g) {
    float[] x = Sets.random(g.batch() * g.channels() * (int) g.inPixels(), 1);
    float[] weights = Sets.random(g.outChannels() * g.taps(), 2);
    float[] bias = Sets.random(g.outChannels(), 3);
    float[] residual = Sets.random(g.batch() * g.outChannels() * g.outPixels(), 4);
    MemorySegment scratch = memory.of((int) kernels.convolutionScratchElements(g));
    for (int i = 0; i < scratch.byteSize() / Float.BYTES; i++) {
      Floats.set(scratch, i, Float.NaN);
    }
    MemorySegment y = memory.of(residual.length);
    Epilogue epilogue =
        Epilogue.NONE
            .withBias(memory.of(bias), BiasAxis.PER_ROW)
            .withResidual(memory.of(residual))
            .withRelu();
    kernels.convolution(g, memory.of(x), memory.of(weights), y, epilogue, scratch);
    for (int i = 0; i < residual.length; i++) {
      int channel = i / g.outPixels() % g.outChannels();
      double expected = reference(g, x, weights, i) + bias[channel] + residual[i];
      assertThat((double) Floats.get(y, i))
          .as("%s %s at %d", kernels.name(), g, i)
          .isCloseTo(Math.max(0, expected), within((g.taps() + 8) * 2e-6));
    }
  }

  private static double reference(ConvolutionGeometry g, float[] x, float[] weights, int at) {
    int column = at % g.outWidth();
    int row = at / g.outWidth() % g.height().output();
    int slice = at / g.outWidth() / g.height().output() % g.depth().output();
    int channel = at / g.outPixels() % g.outChannels();
    int image = at / g.outPixels() / g.outChannels();
    int firstChannel = channel / (g.outChannels() / g.groups()) * g.groupChannels();
    int tap = channel * g.taps();
    double sum = 0;
    for (int c = 0; c < g.groupChannels(); c++) {
      long plane = (image * g.channels() + firstChannel + c) * g.inPixels();
      for (int i = 0; i < g.depth().kernel(); i++) {
        for (int j = 0; j < g.height().kernel(); j++) {
          for (int k = 0; k < g.width().kernel(); k++, tap++) {
            long d = place(g.depth(), slice, i);
            long h = place(g.height(), row, j);
            long w = place(g.width(), column, k);
            if (d >= 0 && h >= 0 && w >= 0) {
              long pixel = (d * g.height().size() + h) * g.width().size() + w;
              sum += (double) x[(int) (plane + pixel)] * weights[tap];
            }
          }
        }
      }
    }
    return sum;
  }

  private static long place(Axis axis, int window, int tap) {
    long place = (long) window * axis.stride() + (long) tap * axis.dilation() - axis.padBefore();
    return place < axis.size() ? place : -1;
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernelsAndMemory")
  void agreesWithTheReferenceForVolumes(Kernels kernels, Memory memory) {
    var depth = new Axis(4, 2, 2, 1, 1, 0);
    var height = new Axis(6, 3, 1, 2, 2, 1);
    var width = new Axis(9, 3, 2, 1, 0, 2);
    check(kernels, memory, new ConvolutionGeometry(2, 4, 6, 2, depth, height, width));
    check(kernels, memory, new ConvolutionGeometry(1, 3, 3, 3, depth, height, width));
    var plain = new Axis(5, 1, 1, 1, 0, 0);
    check(kernels, memory, new ConvolutionGeometry(1, 3, 5, 1, plain, plain, plain));
  }
}
