package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Team;
import dev.sardonyx.runtime.kernel.WinogradConvolution;

/** Convolutions of pictures with 3 x 3 weights by Winograd's transforms, where they pay. */
final class WinogradRoutine {
  /** Fewer channels give products that cost less than the transforms. */
  private static final int LEAST_CHANNELS = 16;

  /** Each tile takes 36 numbers of each channel in the thread's arrays. */
  private static final int MOST_CHANNELS = 8192;

  /** Smaller pictures are less than two tiles. */
  private static final int LEAST_PIXELS = 3;

  private WinogradRoutine() {}

  /** Transformed weights for tiles of a size. */
  private record Form(int size) {}

  /** Whether tiles can be taken for a convolution, of either size. */
  static boolean takes(ConvolutionGeometry g, Kernels kernels) {
    return kernels.hasWinograd()
        && g.groups() == 1
        && g.depth().equals(Axis.SINGLE)
        && isThree(g.height())
        && isThree(g.width())
        && Math.min(g.channels(), g.outChannels()) >= LEAST_CHANNELS
        && g.channels() <= MOST_CHANNELS
        && Math.min(g.height().output(), g.width().output()) >= LEAST_PIXELS;
  }

  /** The tiles of a size. */
  static long tiles(ConvolutionGeometry g, int size) {
    long down = Math.ceilDiv(g.height().output(), size);
    return g.batch() * down * Math.ceilDiv(g.width().output(), size);
  }

  private static boolean isThree(Axis axis) {
    return axis.kernel() == 3 && axis.stride() == 1 && axis.dilation() == 1;
  }

  static Routine of(int size, ConvolutionGeometry g, Call call, Kernels kernels, Weights weights) {
    int positions = (size + 2) * (size + 2);
    long elements = Sizes.multiply(positions, kernels.panelElements(g.channels(), g.outChannels()));
    PackedFilter filter =
        PackedFilter.of(
            call,
            weights,
            new Form(size),
            elements,
            kernels,
            (from, to) -> kernels.packWinograd(size, g.channels(), g.outChannels(), from, to));
    return Routine.of(
            buffers -> {
              var convolution =
                  new WinogradConvolution(
                      size,
                      g.batch(),
                      g.channels(),
                      g.outChannels(),
                      g.height(),
                      g.width(),
                      buffers.input(0),
                      filter.in(buffers.scratch()),
                      buffers.output(),
                      ConvolutionRoutine.epilogue(call, buffers));
              Step packing = filter.step(buffers);
              Step tiles = new Shared(convolution, kernels, buffers);
              return () -> {
                packing.run();
                tiles.run();
              };
            })
        .withScratch(filter.scratchBytes());
  }

  /** Tiles cut between the members of a team; where these are few, the out channels. */
  private static final class Shared implements Team.Task, Step {
    /** Fewer would not make up for reading the weights. */
    private static final int LEAST_TILES = 28;

    /** The same where the weights stay in a core's cache. */
    private static final int LEAST_TILES_IN_CACHE = 8;

    /** Bytes of weights that leave room in a core's second cache. */
    private static final long IN_CACHE = 1 << 19;

    private final WinogradConvolution convolution;
    private final Kernels kernels;
    private final Buffers buffers;
    private final int tiles;
    private final int tileParts;
    private final int step;
    private final int channelParts;
    private final Team.Task task;

    Shared(WinogradConvolution convolution, Kernels kernels, Buffers buffers) {
      this.convolution = convolution;
      this.kernels = kernels;
      this.buffers = buffers;
      tiles = convolution.tiles();
      double n = convolution.outChannels();
      double pairs = n * convolution.channels();
      double nanos =
          Parts.multiplyAdds(tiles * pairs * convolution.size() * convolution.size() * 4);
      int members = Math.min(Parts.of(nanos, buffers.team().size()), buffers.team().size());
      boolean inCache = convolution.weights().byteSize() <= IN_CACHE;
      int least = inCache ? LEAST_TILES_IN_CACHE : LEAST_TILES;
      tileParts = Math.clamp(tiles / least, 1, members);
      int panels = Math.ceilDiv(convolution.outChannels(), kernels.panelWidth());
      int wanted = Math.clamp(members / tileParts, 1, panels);
      step = Math.ceilDiv(panels, wanted) * kernels.panelWidth();
      channelParts = Math.ceilDiv(convolution.outChannels(), step);
      task = kernels.repeated(this, tileParts * channelParts, buffers.team().size());
    }

    @Override
    public void run() {
      buffers.team().run(tileParts * channelParts, task);
    }

    @Override
    public void run(int part, int member) {
      int tilePart = part / channelParts;
      int from = part % channelParts * step;
      kernels.winograd(
          convolution,
          (int) ((long) tiles * tilePart / tileParts),
          (int) ((long) tiles * (tilePart + 1) / tileParts),
          from,
          Math.min(from + step, convolution.outChannels()),
          buffers.arrays(member));
    }
  }
}
