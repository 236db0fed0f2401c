package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.Floats;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.PlaneConvolution;
import dev.sardonyx.runtime.kernel.WinogradConvolution;
import java.lang.foreign.MemorySegment;

/** Tries convolutions of whole pictures. */
final class ConvolutionTrials {
  /** Out channels are so many times the length, so that all numbers of lanes are met. */
  private static final int MORE = 3;

  private static final int MOST_CHANNELS = 70;

  /** Out channels of a first trial: one vector and a broken one. */
  private static final int FEW_OUT_CHANNELS = 17;

  private ConvolutionTrials() {}

  /** Winograd's, from the transform of the weights to what comes last. */
  static final class OfWinograd extends OperationTrial {
    /** Transforms of four pixels leave errors of a hundred roundings. */
    private static final float TOLERANCE = 2e-4f;

    OfWinograd(Kernels machine) {
      super(machine, "convolutions by Winograd's transforms", TOLERANCE);
    }

    @Override
    public int size() {
      return WinogradShape.COUNT;
    }

    @Override
    public String name(int number) {
      return WinogradShape.of(number).toString();
    }

    @Override
    Problem problem(int number, int length, int variant) {
      WinogradShape shape = WinogradShape.of(number);
      int channels = Math.min(length, MOST_CHANNELS);
      int out = variant == 0 ? FEW_OUT_CHANNELS : MORE * length % MOST_CHANNELS + 1;
      int reach = shape.size() + 2; // tiles within the picture, and at its edges
      var high =
          variant == 0
              ? new Axis(reach + 1, 3, 1, 1, 0, 0)
              : new Axis(2 + variant, 3, 1, 1, 1, 1 - variant % 2);
      var wide = new Axis(5 + 2 * variant, 3, 1, 1, variant % 2, 1);
      int n = high.output() * wide.output() * out;
      int panels = Math.ceilDiv(out, MachineKernels.WIDTH) * MachineKernels.WIDTH;
      int positions = (shape.size() + 2) * (shape.size() + 2);
      return new Problem(
          new int[] {
            high.size() * wide.size() * channels,
            out * channels * 9,
            positions * channels * panels,
            out,
            n
          },
          n,
          1,
          (kernels, in, y) -> {
            Epilogue end =
                WindowTrials.epilogue(
                    shape.bias() ? in[3] : null, shape.residual() ? in[4] : null, shape.ending());
            var convolution =
                new WinogradConvolution(
                    shape.size(), 1, channels, out, high, wide, in[0], in[2], y, end);
            if (kernels instanceof MachineKernels) {
              kernels.packWinograd(shape.size(), channels, out, in[1], in[2]);
              kernels.winograd(convolution, 0, convolution.tiles(), 0, out, new HotArrays());
            } else {
              sums(convolution, in[1]);
            }
          });
    }

    /** Sums over the taps themselves: transforms in plain loops would take long. */
    private static void sums(WinogradConvolution w, MemorySegment weights) {
      float[] x = OperationTrial.floats(w.x());
      float[] taps = OperationTrial.floats(weights);
      int columns = w.width().output();
      for (int at = 0; at < w.height().output() * columns * w.outChannels(); at++) {
        int channel = at % w.outChannels();
        int pixel = at / w.outChannels();
        int top = (int) w.height().start(pixel / columns);
        int left = (int) w.width().start(pixel % columns);
        double sum = 0;
        for (int i = w.height().firstTap(top); i < w.height().endTap(top); i++) {
          for (int j = w.width().firstTap(left); j < w.width().endTap(left); j++) {
            int from = ((top + i) * w.width().size() + left + j) * w.channels();
            int tap = channel * w.channels() * 9 + 3 * i + j;
            for (int c = 0; c < w.channels(); c++) {
              sum += (double) x[from + c] * taps[tap + 9 * c];
            }
          }
        }
        Floats.set(w.y(), at, PlainPlanes.ended(w.epilogue(), (float) sum, channel, at));
      }
    }
  }

  /** Those of pictures of few channels. */
  static final class OfPlanes extends OperationTrial {
    private final VectorLevel level;

    OfPlanes(Kernels machine, VectorLevel level) {
      super(machine, "convolutions by planes");
      this.level = level;
    }

    @Override
    public int size() {
      return PlaneShape.COUNT;
    }

    @Override
    public String name(int number) {
      return PlaneShape.of(number).toString();
    }

    /** Lower tiles follow only where there are several: tall ones. */
    @Override
    public boolean has(int number) {
      PlaneShape shape = PlaneShape.of(number);
      int tallest = level.tallest();
      return shape.height() <= tallest && (!shape.low() || shape.height() > tallest / 2);
    }

    @Override
    Problem problem(int number, int length, int variant) {
      PlaneShape shape = PlaneShape.of(number);
      int columns = shape.low() ? 2 * shape.height() - 1 : shape.height();
      int stride = 1 + variant % 2;
      int kernel = 1 + (variant + 2) % 4;
      int out = length % MOST_CHANNELS + 1;
      var high = new Axis(kernel + variant, kernel, stride, 1, kernel / 2, kernel / 2);
      int before = Math.min(1, kernel - 1);
      int across = (columns - 1) * stride + kernel - before;
      var wide = new Axis(across, kernel, stride, 1, before, 0);
      var geometry = new ConvolutionGeometry(1, 1 + variant % 3, out, 1, Axis.SINGLE, high, wide);
      int n = high.output() * columns * out;
      int panels = Math.ceilDiv(out, level.panelWidth()) * level.panelWidth();
      return new Problem(
          new int[] {geometry.channels() * high.size() * across, geometry.taps() * panels, out, n},
          n,
          1,
          (kernels, in, y) -> {
            Epilogue end =
                WindowTrials.epilogue(
                    variant % 3 == 2 ? null : in[2],
                    shape.residual() ? in[3] : null,
                    shape.ending());
            var convolution = new PlaneConvolution(geometry, in[0], in[1], y, end);
            if (kernels.hasPlanes()) {
              kernels.convolvePlanes(convolution, 0, convolution.lines(), new HotArrays());
            } else {
              PlainPlanes.run(convolution, kernels.panelWidth(), 0, convolution.lines());
            }
          });
    }
  }
}
