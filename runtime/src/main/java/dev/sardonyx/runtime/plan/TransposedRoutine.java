package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.ConvTranspose;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.MatrixRows;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.StoredPanels;
import dev.sardonyx.runtime.kernel.TransposedGeometry;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Transposed convolutions over one to three spatial axes: image by image, pixels times packed
 * weights; then each output pixel is the sum of the products that fall on it.
 */
final class TransposedRoutine {
  private final Call call;
  private final TransposedGeometry geometry;
  private final Kernels kernels;
  private final FilterPanels panels;
  private final PackedFilter filter;
  private final int columns;
  private final long productBytes;

  private TransposedRoutine(
      Call call, TransposedGeometry geometry, Kernels kernels, Weights weights) {
    this.call = call;
    this.geometry = geometry;
    this.kernels = kernels;
    columns = Math.multiplyExact(geometry.kernel(), geometry.groupOutChannels());
    int width = Math.multiplyExact(columns, geometry.groups());
    productBytes = Sizes.bytes(Sizes.multiply(geometry.inPixels(), width), kernels);
    panels = panels();
    filter = PackedFilter.of(call, weights, new Form(geometry.groups()), panels, kernels);
  }

  /** Panels of each group, columns in the order [kernel..., out channel]. */
  private record Form(int groups) {}

  static Routine of(ConvTranspose op, Call call, Kernels kernels, Weights weights) {
    long[] x = ChannelOrder.onnx(call.sizes(0));
    long[] y = ChannelOrder.onnx(call.outputSizes());
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
    if (SpreadRoutine.takes(geometry)) {
      return SpreadRoutine.of(geometry, call, kernels, weights);
    }
    var routine = new TransposedRoutine(call, geometry, kernels, weights);
    return Routine.of(routine::bind)
        .withScratch(Sizes.add(routine.filter.scratchBytes(), routine.productBytes));
  }

  private FilterPanels panels() {
    int outChannels = geometry.groupOutChannels();
    int kernel = geometry.kernel();
    long[] rows = new long[Sizes.entries(geometry.groupChannels())];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (long) i * columns;
    }
    long[] places = new long[Sizes.entries(columns)];
    for (int i = 0; i < columns; i++) {
      places[i] = (long) (i % outChannels) * kernel + i / outChannels;
    }
    return new FilterPanels(geometry.groups(), rows, places);
  }

  private Step bind(Buffers buffers) {
    Step packing = filter.step(buffers);
    MemorySegment scratch = buffers.scratch();
    MemorySegment products = scratch.asSlice(filter.scratchBytes(), productBytes);
    List<Step> steps = new ArrayList<>();
    Epilogue epilogue = ConvolutionRoutine.epilogue(call, buffers);
    MemorySegment y = buffers.output();
    int lines = geometry.outDepth() * geometry.outHeight();
    double nanos = Parts.operations((double) productBytes / kernels.elementBytes());
    for (int i = 0; i < geometry.batch(); i++) {
      int image = i;
      steps.add(new GroupedProducts(kernels, products(i, products, buffers), pixels(), buffers));
      steps.add(
          new SharedLines(
              (from, to, arrays) ->
                  kernels.sumTransposed(geometry, products, y, image, from, to, epilogue, arrays),
              lines,
              nanos,
              buffers));
    }
    Step[] inOrder = steps.toArray(Step[]::new);
    return () -> {
      packing.run();
      for (Step step : inOrder) {
        step.run();
      }
    };
  }

  private int pixels() {
    return geometry.inPixels();
  }

  private List<Product> products(int image, MemorySegment to, Buffers buffers) {
    int bytes = kernels.elementBytes();
    int channels = geometry.channels();
    StoredPanels all = filter.panels(buffers.scratch());
    MemorySegment x = buffers.input(0).asSlice((long) image * pixels() * channels * bytes);
    List<Product> products = new ArrayList<>();
    for (int group = 0; group < geometry.groups(); group++) {
      MemorySegment from = x.asSlice((long) group * geometry.groupChannels() * bytes);
      products.add(
          new Product(
              columns,
              geometry.groupChannels(),
              new MatrixRows(from, channels, bytes),
              panels.group(all, group, kernels),
              to.asSlice((long) group * columns * bytes),
              columns * geometry.groups(),
              Epilogue.NONE));
    }
    return products;
  }
}
