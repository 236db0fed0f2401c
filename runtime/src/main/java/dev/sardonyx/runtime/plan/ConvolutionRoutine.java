package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.ConvTranspose;
import dev.sardonyx.api.op.ConvolutionOp;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.LeftRows;
import dev.sardonyx.runtime.kernel.MatrixRows;
import dev.sardonyx.runtime.kernel.PixelRows;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.StoredPanels;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Convolutions over one to three spatial axes: rows of pixels times packed weights. */
final class ConvolutionRoutine {
  private final Call call;
  private final ConvolutionGeometry geometry;
  private final Kernels kernels;
  private final FilterPanels panels;
  private final PackedFilter filter;
  private final WeightParts parts;

  private ConvolutionRoutine(
      Call call, ConvolutionGeometry geometry, Kernels kernels, Weights weights, int parts) {
    this.call = call;
    this.geometry = geometry;
    this.kernels = kernels;
    panels = panels(geometry);
    filter = filter(geometry, call, kernels, weights);
    this.parts =
        parts == 0
            ? WeightParts.NONE
            : WeightParts.of(
                call.input(1).constant().orElseThrow(),
                new Form(geometry.groups()),
                shape(geometry, kernels),
                parts,
                () -> filter.panels(MemorySegment.NULL),
                kernels,
                weights);
  }

  /** The shape of its products. */
  static WeightParts.Shape shape(ConvolutionGeometry g, Kernels kernels) {
    long rows = Sizes.multiply(g.batch(), g.outPixels());
    long split = Sizes.multiply(rows, g.taps());
    if (kernels.splitsPixels(g)) {
      split = Math.min(split, Sizes.multiply(g.batch(), g.inPixels()) * g.channels());
    }
    return new WeightParts.Shape(g.groups(), rows, g.taps(), g.groupOutChannels(), split);
  }

  /** The weights as right operands of products, one for each group. */
  static PackedFilter filter(
      ConvolutionGeometry geometry, Call call, Kernels kernels, Weights weights) {
    return PackedFilter.of(call, weights, new Form(geometry.groups()), panels(geometry), kernels);
  }

  /** Panels of each group, rows in the order [kernel..., channel]. */
  private record Form(int groups) {}

  /**
   * The routine for a call in either order.
   *
   * @param choices what is left open
   */
  static Routine of(
      ConvolutionOp op, Call call, Kernels kernels, Weights weights, Choices choices) {
    return switch (op) {
      case Conv conv when call.order() == Order.TO_LAST ->
          ConvolutionWays.of(conv, call, kernels, weights, choices);
      case Conv conv ->
          ChannelOrder.of(call, last -> ConvolutionWays.of(conv, last, kernels, weights, choices));
      case ConvTranspose conv ->
          ChannelOrder.of(call, last -> TransposedRoutine.of(conv, last, kernels, weights));
    };
  }

  /**
   * Rows of pixels times packed weights, in a call whose channels come last.
   *
   * @param parts of each number that are multiplied, 0 for the numbers themselves
   */
  static Routine of(
      ConvolutionGeometry geometry, Call call, Kernels kernels, Weights weights, int parts) {
    var routine = new ConvolutionRoutine(call, geometry, kernels, weights, parts);
    return Routine.of(routine::bind).withScratch(routine.filter.scratchBytes());
  }

  /** The shape of a convolution whose output has its channels last. */
  static ConvolutionGeometry geometry(Conv op, long[] x, Call call) {
    Axes axes = Axes.of(op.window(), x);
    return new ConvolutionGeometry(
        Sizes.narrow(x[0]),
        Sizes.narrow(x[1]),
        Sizes.narrow(ChannelOrder.onnx(call.outputSizes())[1]),
        op.group(),
        axes.depth(),
        axes.height(),
        axes.width());
  }

  /** The epilogue of a convolution, with a bias for each channel. */
  static Epilogue epilogue(Call call, Buffers buffers) {
    OptionalInt bias = call.has(2) ? OptionalInt.of(2) : OptionalInt.empty();
    return Epilogues.of(call.tail(), bias, buffers);
  }

  /** A part of the channels of an epilogue. */
  static Epilogue slice(Epilogue epilogue, long fromBytes, long bytes) {
    Epilogue result = epilogue;
    if (epilogue.bias() != null) {
      result = result.withBias(epilogue.bias().asSlice(fromBytes, bytes));
    }
    return epilogue.residual() == null
        ? result
        : result.withResidual(epilogue.residual().asSlice(fromBytes));
  }

  private static FilterPanels panels(ConvolutionGeometry geometry) {
    int channels = geometry.groupChannels();
    int kernel = geometry.taps() / channels;
    long[] rows = new long[Sizes.entries(geometry.taps())];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (long) (i % channels) * kernel + i / channels;
    }
    long[] columns = new long[Sizes.entries(geometry.groupOutChannels())];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = (long) i * geometry.taps();
    }
    return new FilterPanels(geometry.groups(), rows, columns);
  }

  private Step bind(Buffers buffers) {
    int rows = geometry.batch() * geometry.outPixels();
    Step packing = filter.step(buffers);
    List<Product> products = products(buffers);
    if (products.size() == 1) {
      var shared = new SharedProduct(kernels, products.getFirst(), rows, buffers);
      return () -> {
        packing.run();
        shared.run();
      };
    }
    var shared = new GroupedProducts(kernels, products, rows, buffers);
    return () -> {
      packing.run();
      shared.run();
    };
  }

  private List<Product> products(Buffers buffers) {
    StoredPanels all = parts.with(filter.panels(buffers.scratch()));
    MemorySegment x = buffers.input(0);
    MemorySegment y = buffers.output();
    Epilogue epilogue = epilogue(call, buffers);
    int n = geometry.groupOutChannels();
    long bytes = (long) n * kernels.elementBytes();
    List<Product> products = new ArrayList<>();
    for (int group = 0; group < geometry.groups(); group++) {
      products.add(
          new Product(
              n,
              geometry.taps(),
              left(x, group),
              panels.group(all, group, kernels),
              y.asSlice(group * bytes),
              geometry.outChannels(),
              slice(epilogue, group * bytes, bytes)));
    }
    return products;
  }

  private LeftRows left(MemorySegment x, int group) {
    int bytes = kernels.elementBytes();
    int first = group * geometry.groupChannels();
    return geometry.isPointwise()
        ? new MatrixRows(x.asSlice((long) first * bytes), geometry.channels(), bytes)
        : new PixelRows(geometry, x, first);
  }
}
