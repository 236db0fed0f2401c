package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Conv;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.PlaneConvolution;

/** Convolutions of pictures of few channels, such as a network's first, read in ONNX's order. */
final class PlaneRoutine {
  /** With more channels a pixel is long enough to be copied as a whole. */
  private static final int MOST_CHANNELS = 4;

  private PlaneRoutine() {}

  /** Rows in the order [channel, kernel...]. */
  private record Form() {}

  /** Whether a stage is faster with its input in ONNX's order. */
  static boolean fits(Stage stage) {
    return stage.op() instanceof Conv conv
        && fits(conv, stage.inputs().get(1).tensorType().shape().sizes());
  }

  private static boolean fits(Conv op, long[] weights) {
    return op.group() == 1
        && weights.length == 4
        && weights[1] <= MOST_CHANNELS
        && weights[1] * weights[2] * weights[3] <= PlaneConvolution.MOST_TAPS;
  }

  /** Whether a call is for this routine. */
  static boolean takes(Conv op, Call call, Kernels kernels) {
    return call.order() == Order.TO_LAST && kernels.hasPlanes() && fits(op, call.sizes(1));
  }

  static Routine of(ConvolutionGeometry geometry, Call call, Kernels kernels, Weights weights) {
    int taps = geometry.taps();
    int channels = geometry.outChannels();
    PackedFilter filter =
        PackedFilter.of(
            call,
            weights,
            new Form(),
            kernels.panelElements(taps, channels),
            kernels,
            (from, to) -> kernels.packPanels(from, 0, taps, channels, 1, taps, to, 0));
    return Routine.of(
            buffers -> {
              var convolution =
                  new PlaneConvolution(
                      geometry,
                      buffers.input(0),
                      filter.in(buffers.scratch()),
                      buffers.output(),
                      ConvolutionRoutine.epilogue(call, buffers));
              Step packing = filter.step(buffers);
              double work = (double) convolution.lines() * geometry.outWidth() * taps * channels;
              Step lines =
                  new SharedLines(
                          (from, to, arrays) ->
                              kernels.convolvePlanes(convolution, from, to, arrays),
                          convolution.lines(),
                          Parts.taps(work),
                          buffers)
                      .by(kernels);
              return () -> {
                packing.run();
                lines.run();
              };
            })
        .withScratch(filter.scratchBytes());
  }
}
