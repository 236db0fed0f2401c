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
        height,
        width,
        outChannels,
        kernelHeight,
        kernelWidth,
        strideHeight,
        strideWidth,
        dilationHeight,
        dilationWidth,
        top,
        left,
        bottom,
        right,
        groups);
  }

  private static void check(Kernels kernels, Memory memory, ConvolutionGeometry g) {
    float[] x = Sets.random(g.batch() * g.channels() * g.height() * g.width(), 1);
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
    int row = at / g.outWidth() % g.outHeight();
    int channel = at / g.outPixels() % g.outChannels();
    int image = at / g.outPixels() / g.outChannels();
    int firstChannel = channel / (g.outChannels() / g.groups()) * g.groupChannels();
    double sum = 0;
    for (int c = 0; c < g.groupChannels(); c++) {
      for (int i = 0; i < g.kernelHeight(); i++) {
        for (int j = 0; j < g.kernelWidth(); j++) {
          int h = row * g.strideHeight() + i * g.dilationHeight() - g.padTop();
          int w = column * g.strideWidth() + j * g.dilationWidth() - g.padLeft();
          if (h >= 0 && h < g.height() && w >= 0 && w < g.width()) {
            int plane = image * g.channels() + firstChannel + c;
            int tap = ((channel * g.groupChannels() + c) * g.kernelHeight() + i) * g.kernelWidth();
            sum += (double) x[(plane * g.height() + h) * g.width() + w] * weights[tap + j];
          }
        }
      }
    }
    return sum;
  }
}
