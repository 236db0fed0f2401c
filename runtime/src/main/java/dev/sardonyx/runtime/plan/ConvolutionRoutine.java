package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.ConvTranspose;
import dev.sardonyx.api.op.ConvolutionOp;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.TransposedGeometry;
import java.util.OptionalInt;

/** Convolutions over one to three spatial axes, transposed ones too. */
final class ConvolutionRoutine {
  private ConvolutionRoutine() {}

  static Routine of(ConvolutionOp op, Call call, Kernels kernels) {
    return switch (op) {
      case Conv conv -> direct(conv, call, kernels);
      case ConvTranspose conv -> transposed(conv, call, kernels);
    };
  }

  private static Routine direct(Conv op, Call call, Kernels kernels) {
    long[] x = call.sizes(0);
    Axes axes = Axes.of(op.window(), x);
    var geometry =
        new ConvolutionGeometry(
            Sizes.narrow(x[0]),
            Sizes.narrow(x[1]),
            Sizes.narrow(call.outputSizes()[1]),
            op.group(),
            axes.depth(),
            axes.height(),
            axes.width());
    long scratch = Sizes.bytes(kernels.convolutionScratchElements(geometry), kernels);
    return Routine.of(
            buffers -> {
              Epilogue epilogue = epilogue(call, buffers);
              var from = buffers.input(0);
              var weights = buffers.input(1);
              var to = buffers.output();
              var space = buffers.scratch();
              return () -> kernels.convolution(geometry, from, weights, to, epilogue, space);
            })
        .withScratch(scratch);
  }

  private static Routine transposed(ConvTranspose op, Call call, Kernels kernels) {
    long[] x = call.sizes(0);
    long[] y = call.outputSizes();
    Axes axes = Axes.of(op.window(), x, op.padsFor(Axes.spatial(x)));
    var geometry =
        new TransposedGeometry(
            Sizes.narrow(x[0]),
            Sizes.narrow(x[1]),
            Sizes.narrow(y[1]),
            op.group(),
            axes.depth(),
            axes.height(),
            axes.width(),
            Axes.size(y, 0),
            Axes.size(y, 1),
            Axes.size(y, 2));
    long scratch = Sizes.bytes(kernels.transposedScratchElements(geometry), kernels);
    return Routine.of(
            buffers -> {
              Epilogue epilogue = epilogue(call, buffers);
              var from = buffers.input(0);
              var weights = buffers.input(1);
              var to = buffers.output();
              var space = buffers.scratch();
              return () ->
                  kernels.transposedConvolution(geometry, from, weights, to, epilogue, space);
            })
        .withScratch(scratch);
  }

  private static Epilogue epilogue(Call call, Buffers buffers) {
    OptionalInt bias = call.has(2) ? OptionalInt.of(2) : OptionalInt.empty();
    return Epilogues.of(call.tail(), bias, Epilogue.BiasAxis.PER_ROW, buffers);
  }
}
