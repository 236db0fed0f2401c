package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.Rates;
import java.util.List;

/**
 * What ways to compute a node cost by its shape, in nanoseconds on one thread: multiplications,
 * bytes that are moved for them, and weights that are read once. Only the order of ways matters.
 *
 * @param rates those of the kernels
 */
record CostModel(Rates rates) {
  /** Bytes of weights that stay in a core's second cache from run to run. */
  private static final double CACHED = 1 << 20;

  /** Bytes of such weights in a nanosecond. */
  private static final double CACHED_WEIGHTS = 100;

  /** Elements that are turned in a nanosecond, each to a place of its own. */
  private static final double TURNED = 1;

  /** Bytes that go from one step to the next in a nanosecond. */
  private static final double PASSED_ON = 32;

  /** Copied rows, times packed weights. */
  double products(ConvolutionGeometry g) {
    return multiplied(work(g), 1, (double) g.taps() * g.outChannels()) + copied(g);
  }

  /**
   * The same where products cost a share of what they cost otherwise.
   *
   * @param copies whether rows are copied
   */
  double parts(ConvolutionGeometry g, double share, boolean copies) {
    double saved = (1 - share) * work(g) / rates.multiplyAdds();
    return products(g) - saved - (copies ? 0 : copied(g));
  }

  private static double work(ConvolutionGeometry g) {
    return (double) g.batch() * g.outPixels() * g.taps() * g.outChannels();
  }

  private double copied(ConvolutionGeometry g) {
    double rows = (double) g.batch() * g.outPixels();
    return g.isPointwise() ? 0 : rows * g.taps() * g.groups() * Float.BYTES / rates.copied();
  }

  /** Products with packed weights, so many of one shape. */
  double products(long times, WeightParts.Shape s) {
    double work = (double) times * s.m() * s.k() * s.n();
    return multiplied(work, times, (double) s.count() * s.k() * s.n());
  }

  /** The same where they cost a share of what they cost otherwise. */
  double parts(long times, WeightParts.Shape s, double share) {
    double work = (double) times * s.m() * s.k() * s.n();
    return products(times, s) - (1 - share) * work / rates.multiplyAdds();
  }

  /** Tiles of a size, transformed, and back from the sums; one product for each position. */
  double winograd(int size, ConvolutionGeometry g) {
    double positions = (size + 2) * (size + 2);
    double tiles = WinogradRoutine.tiles(g, size);
    double pairs = (double) g.channels() * g.outChannels();
    double moved = positions * tiles * (g.channels() + g.outChannels()) * Float.BYTES;
    double transformed = size == 2 ? rates.small() : rates.large();
    return multiplied(positions * tiles * pairs, positions, positions * pairs)
        + moved / transformed;
  }

  /** Windows read from planes of few channels. */
  double planes(ConvolutionGeometry g) {
    double rows = (double) g.batch() * g.outPixels();
    return multiplied(rows * g.taps() * g.outChannels(), 1, (double) g.taps() * g.outChannels());
  }

  /** The input with its channels moved last, for ways that want it so. */
  double turned(ConvolutionGeometry g) {
    return (double) g.batch() * g.inPixels() * g.channels() / TURNED;
  }

  /** Convolutions one after the other: what lies between is written and read. */
  double apart(List<ConvolutionGeometry> all) {
    double between = 0;
    for (ConvolutionGeometry g : all.subList(0, all.size() - 1)) {
      between += (double) g.batch() * g.outPixels() * g.outChannels() * Float.BYTES;
    }
    return chain(all) + 2 * between / PASSED_ON;
  }

  /** The same line by line. */
  double chain(List<ConvolutionGeometry> all) {
    double nanos = 0;
    for (ConvolutionGeometry g : all) {
      double work = (double) g.batch() * g.outPixels() * g.taps() * g.outChannels();
      nanos += g.isDepthwise() ? Parts.taps(work) : products(g);
    }
    return nanos;
  }

  /** Products; half of what it takes to read their weights passes while they multiply. */
  private double multiplied(double work, double products, double weights) {
    double reading = read(weights);
    double multiplying = work / rates.multiplyAdds();
    return Math.max(multiplying + reading / 2, reading) + products * rates.calls();
  }

  private double read(double numbers) {
    double bytes = numbers * Float.BYTES;
    return bytes / (bytes <= CACHED ? CACHED_WEIGHTS : rates.weights());
  }
}
