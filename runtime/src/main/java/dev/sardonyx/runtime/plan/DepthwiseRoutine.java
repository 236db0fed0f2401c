package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Team;
import dev.sardonyx.runtime.kernel.WindowSweep;
import java.lang.foreign.MemorySegment;

/**
 * Convolutions in which each output channel reads one input channel. Where several read the same,
 * the input is stretched first, each channel as often as it is read.
 */
final class DepthwiseRoutine {
  private DepthwiseRoutine() {}

  /** Rows in the order [kernel...], columns are channels. */
  private record Form() {}

  static Routine of(ConvolutionGeometry geometry, Call call, Kernels kernels, Weights weights) {
    PackedFilter filter = filter(geometry, call, kernels, weights);
    int times = geometry.groupOutChannels();
    long stretched = times == 1 ? 0 : Sizes.multiply(Sizes.product(call.sizes(0)), times);
    long bytes = Sizes.bytes(stretched, kernels);
    return Routine.of(buffers -> bind(geometry, call, kernels, filter, bytes, buffers))
        .withScratch(Sizes.add(filter.scratchBytes(), bytes));
  }

  /** The weights, {@code [kernel..., channels]}. */
  static PackedFilter filter(
      ConvolutionGeometry geometry, Call call, Kernels kernels, Weights weights) {
    int taps = geometry.taps();
    int channels = geometry.outChannels();
    return PackedFilter.of(
        call,
        weights,
        new Form(),
        Sizes.multiply(taps, channels),
        kernels,
        (from, to) ->
            StridedCopy.run(
                LoopNest.permuted(new long[] {channels, taps}, new int[] {1, 0}),
                kernels.elementBytes(),
                from,
                0,
                to));
  }

  private static Step bind(
      ConvolutionGeometry geometry,
      Call call,
      Kernels kernels,
      PackedFilter filter,
      long bytes,
      Buffers buffers) {
    MemorySegment given = buffers.input(0);
    MemorySegment x = bytes == 0 ? given : buffers.scratch().asSlice(filter.scratchBytes(), bytes);
    Step packing = filter.step(buffers);
    Step stretching =
        bytes == 0 ? () -> {} : stretching(geometry, kernels, given, x, buffers.team());
    Epilogue epilogue = ConvolutionRoutine.epilogue(call, buffers);
    WindowSweep sweep =
        sweep(geometry, x, filter.in(buffers.scratch()), buffers.output(), epilogue);
    Step lines = sweep(sweep, kernels, buffers);
    return () -> {
      packing.run();
      stretching.run();
      lines.run();
    };
  }

  /** The windows over each channel. */
  static WindowSweep sweep(
      ConvolutionGeometry geometry,
      MemorySegment x,
      MemorySegment weights,
      MemorySegment y,
      Epilogue epilogue) {
    return new WindowSweep(
        WindowSweep.Fold.WEIGHTED_SUM,
        geometry.batch(),
        geometry.outChannels(),
        geometry.depth(),
        geometry.height(),
        geometry.width(),
        geometry.depth().output(),
        geometry.height().output(),
        geometry.outWidth(),
        x,
        weights,
        y,
        epilogue);
  }

  private static Step stretching(
      ConvolutionGeometry geometry,
      Kernels kernels,
      MemorySegment from,
      MemorySegment to,
      Team team) {
    long elements = Sizes.multiply(geometry.batch(), geometry.inPixels()) * geometry.channels();
    long[] sizes = {elements, geometry.groupOutChannels()};
    LoopNest nest = LoopNest.of(sizes, new long[] {1, 0});
    return StridedCopy.step(nest, kernels.elementBytes(), from, 0, to, team);
  }

  /** A sweep cut between the members of a team. */
  static Step sweep(WindowSweep sweep, Kernels kernels, Buffers buffers) {
    double taps = (double) sweep.lines() * sweep.outWidth() * sweep.channels() * sweep.taps();
    double nanos = Parts.taps(taps);
    return new SharedLines(
            (from, to, arrays) -> kernels.sweep(sweep, from, to, arrays),
            sweep.lines(),
            nanos,
            buffers)
        .by(kernels);
  }
}
