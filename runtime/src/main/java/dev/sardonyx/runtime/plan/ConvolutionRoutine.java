package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Conv;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.OptionalInt;

/** Convolutions over one or two spatial axes; one axis is a picture of height 1. */
final class ConvolutionRoutine {
  private ConvolutionRoutine() {}

  static Routine of(Conv op, Call call, Kernels kernels) {
    ConvolutionGeometry geometry = geometry(op, call.sizes(0), call.outputSizes());
    long scratch = Sizes.floatBytes(kernels.convolutionScratchElements(geometry));
    OptionalInt bias = call.has(2) ? OptionalInt.of(2) : OptionalInt.empty();
    return Routine.of(
            buffers -> {
              Epilogue epilogue =
                  Epilogues.of(call.tail(), bias, Epilogue.BiasAxis.PER_ROW, buffers);
              var x = buffers.input(0);
              var weights = buffers.input(1);
              var y = buffers.output();
              var space = buffers.scratch();
              return () -> kernels.convolution(geometry, x, weights, y, epilogue, space);
            })
        .withScratch(scratch);
  }

  private static ConvolutionGeometry geometry(Conv op, long[] x, long[] y) {
    var plane = PlaneWindow.of(op.window(), x);
    return new ConvolutionGeometry(
        Sizes.narrow(x[0]),
        Sizes.narrow(x[1]),
        plane.height(),
        plane.width(),
        Sizes.narrow(y[1]),
        plane.kernelHeight(),
        plane.kernelWidth(),
        plane.strideHeight(),
        plane.strideWidth(),
        plane.dilationHeight(),
        plane.dilationWidth(),
        plane.padTop(),
        plane.padLeft(),
        plane.padBottom(),
        plane.padRight(),
        op.group());
  }
}
