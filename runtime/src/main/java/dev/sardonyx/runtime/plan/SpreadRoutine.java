package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.MatrixRows;
import dev.sardonyx.runtime.kernel.Memory;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.TransposedGeometry;
import java.lang.foreign.MemorySegment;

/**
 * Transposed convolutions whose windows stand side by side: each input pixel gives a window of the
 * output that no other reaches. For a line of the kernel, the windows of a line of pixels are a
 * line of the output: the rows of a product, one behind the other.
 */
final class SpreadRoutine {
  /** Pixels of a line from which on its products make up for copying it for each kernel line. */
  private static final int LEAST_PIXELS = 14;

  private final Call call;
  private final TransposedGeometry geometry;
  private final Kernels kernels;
  private final PackedFilter filter;
  private final int columns;
  private final int kernelLines;
  private final long panels;
  private final long biasBytes;

  private SpreadRoutine(Call call, TransposedGeometry g, Kernels kernels, Weights weights) {
    this.call = call;
    this.geometry = g;
    this.kernels = kernels;
    columns = Math.multiplyExact(g.width().kernel(), g.outChannels());
    kernelLines = Math.multiplyExact(g.depth().kernel(), g.height().kernel());
    panels = kernels.panelElements(g.channels(), columns);
    biasBytes = MemoryBudget.aligned(Sizes.bytes(columns, kernels));
    long elements = Sizes.multiply(panels, kernelLines);
    filter = PackedFilter.of(call, weights, new Form(), elements, kernels, this::pack);
  }

  /** Panels of each line of the kernel, columns in the order [kernel width, out channel]. */
  private record Form() {}

  /** Whether windows stand side by side and fill the output. */
  static boolean takes(TransposedGeometry g) {
    return g.groups() == 1
        && g.width().size() >= LEAST_PIXELS
        && isFilled(g.depth(), g.outDepth())
        && isFilled(g.height(), g.outHeight())
        && isFilled(g.width(), g.outWidth());
  }

  private static boolean isFilled(Axis axis, int output) {
    return axis.kernel() == axis.stride()
        && (axis.dilation() == 1 || axis.kernel() == 1)
        && axis.padBefore() == 0
        && output == (long) axis.size() * axis.stride();
  }

  static Routine of(TransposedGeometry g, Call call, Kernels kernels, Weights weights) {
    var routine = new SpreadRoutine(call, g, kernels, weights);
    return Routine.of(routine::bind)
        .withScratch(Sizes.add(routine.filter.scratchBytes(), routine.biasBytes));
  }

  private void pack(MemorySegment weights, MemorySegment to) {
    int kernel = geometry.kernel();
    int across = geometry.width().kernel();
    int outChannels = geometry.outChannels();
    long[] rows = new long[Sizes.entries(geometry.channels())];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (long) i * outChannels * kernel;
    }
    long[] places = new long[Sizes.entries(columns)];
    for (int i = 0; i < columns; i++) {
      places[i] = (long) (i % outChannels) * kernel + i / outChannels;
    }
    for (int line = 0; line < kernelLines; line++) {
      kernels.packFilter(weights, (long) line * across, rows, places, to, line * panels);
    }
  }

  private Step bind(Buffers buffers) {
    Step packing = filter.step(buffers);
    Epilogue epilogue = ConvolutionRoutine.epilogue(call, buffers);
    MemorySegment given = epilogue.bias();
    MemorySegment bias = buffers.scratch().asSlice(filter.scratchBytes(), biasBytes);
    var product =
        new Product(
            columns,
            geometry.channels(),
            new MatrixRows(buffers.input(0), geometry.channels(), kernels.elementBytes()),
            filter.in(buffers.scratch()),
            buffers.output(),
            columns,
            given == null ? epilogue : epilogue.withBias(bias));
    int inLines = geometry.depth().size() * geometry.height().size();
    double work = (double) geometry.inPixels() * geometry.channels() * columns * kernelLines;
    Step lines =
        new SharedLines(
                (from, to, arrays) -> lines(product, from, to, arrays),
                Math.multiplyExact(geometry.batch(), inLines),
                Parts.multiplyAdds(work),
                buffers)
            .by(kernels);
    return () -> {
      packing.run();
      if (given != null) {
        repeat(given, bias);
      }
      lines.run();
    };
  }

  /** The bias of each column of the kernel. */
  private void repeat(MemorySegment bias, MemorySegment to) {
    long bytes = Sizes.bytes(geometry.outChannels(), kernels);
    for (int i = 0; i < geometry.width().kernel(); i++) {
      Memory.copy(bias, 0, to, i * bytes, bytes);
    }
  }

  /** Lines of pixels of all images. */
  private void lines(Product product, int fromLine, int toLine, HotArrays arrays) {
    int pixels = geometry.width().size();
    int high = geometry.height().size();
    int down = geometry.height().kernel();
    for (int line = fromLine; line < toLine; line++) {
      long a = (long) line * pixels * geometry.channels();
      long slice = (long) (line / high) * geometry.depth().kernel();
      long top = (long) (line % high) * down;
      for (int i = 0; i < kernelLines; i++) {
        long outLine = (slice + i / down) * geometry.outHeight() + top + i % down;
        long c = outLine * pixels * columns;
        kernels.multiply(product, a, i * panels, c, 0, pixels, 0, columns, arrays);
      }
    }
  }
}
