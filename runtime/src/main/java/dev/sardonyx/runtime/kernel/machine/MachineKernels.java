package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.DepthwiseChain;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.IntegerProduct;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.PlaneConvolution;
import dev.sardonyx.runtime.kernel.QuantizedSum;
import dev.sardonyx.runtime.kernel.Rates;
import dev.sardonyx.runtime.kernel.WindowSweep;
import dev.sardonyx.runtime.kernel.WinogradConvolution;
import dev.sardonyx.runtime.kernel.machine.ByteCopyCode.Fold;
import dev.sardonyx.runtime.kernel.machine.ProductShape.Ending;
import dev.sardonyx.runtime.machine.Feature;
import dev.sardonyx.runtime.machine.Processor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Kernels in machine code for a level. What it lacks, and memory on the heap, is left to a set with
 * panels of the same width.
 */
public sealed class MachineKernels extends ElementKernels permits TileKernels {
  /** Columns of a panel with AVX-512. */
  public static final int WIDTH = 32;

  /** Fitted to the times of 37 convolutions of 16 to 512 channels on a Zen 5. */
  private static final Rates RATES = new Rates(110, 32, 60, 40, 10, 100);

  /** With vectors half as long. */
  private static final Rates SHORT_RATES = new Rates(55, 24, 60, 40, 10, 100);

  private final MachineWindows windows;
  private final MachineChains chains;
  private final MachinePlanes planes;

  /** Whether vectors have 512 bits. */
  private final boolean wide;

  private final MachineWinograd winograd;

  private final MachineKeyMasks keyMasks = new MachineKeyMasks(library, vectors);
  private final Trials keyTrials = new Trials(new KeyMaskTrial(this));
  private final MachineRowVectors rowVectors = new MachineRowVectors(library, vectors);
  private final Trials vectorTrials = new Trials(new RowVectorTrial(this));
  private final WinogradPacking winogradPacking = new WinogradPacking(library, vectors);
  private final MachineIntegerProducts integers =
      new MachineIntegerProducts(library, ByteProducts.of(vectors.level()));
  private final MachineBytes bytes = new MachineBytes(library, vectors);
  private final Trials ofWinograd = new Trials(new ConvolutionTrials.OfWinograd(this));
  private final Trials ofPlanes = new Trials(new ConvolutionTrials.OfPlanes(this, vectors));

  /**
   * The kernels for a processor: for its level, and with tiles where it has them.
   *
   * @param next gives what serves the rest, with panels of {@link #width} columns
   */
  public static Kernels of(Processor processor, Supplier<Kernels> next) {
    return on(processor, next);
  }

  static MachineKernels on(Processor processor, Supplier<Kernels> next) {
    return processor.hasTiles()
        ? new TileKernels(processor.has(Feature.AMX_INT8), next)
        : new MachineKernels(processor.level(), next);
  }

  /**
   * The kernels for a level, which the processor has, without tiles.
   *
   * @param next gives what serves the rest, with panels of {@link #width} columns
   */
  public static Kernels of(Processor.Level level, Supplier<Kernels> next) {
    return new MachineKernels(level, next);
  }

  /** Columns of a panel at a level. */
  public static int width(Processor.Level level) {
    return VectorLevel.of(level).panelWidth();
  }

  MachineKernels(Processor.Level level, Supplier<Kernels> next) {
    super(level, next);
    var nine = new Nine(library, vectors);
    windows = new MachineWindows(nine, new Taps(library, vectors), this);
    chains = new MachineChains(this, nine);
    planes = new MachinePlanes(this, library, vectors);
    wide =
        switch (level) {
          case AVX2 -> false;
          case AVX512 -> true;
        };
    winograd = new MachineWinograd(library, vectors, products.calls());
  }

  /**
   * The kernels for AVX-512.
   *
   * @param next gives what serves the rest, with panels of {@link #WIDTH} columns
   */
  public MachineKernels(Supplier<Kernels> next) {
    this(Processor.Level.AVX512, next);
  }

  @Override
  List<Trials> trials() {
    var trials = new ArrayList<>(super.trials());
    trials.addAll(windows.trials());
    trials.add(ofPlanes);
    trials.add(ofWinograd);
    trials.add(integers.trials());
    trials.addAll(bytes.trials());
    trials.add(keyTrials);
    trials.add(vectorTrials);
    return trials;
  }

  @Override
  public void sweep(WindowSweep sweep, int fromLine, int toLine, HotArrays arrays) {
    if (MachineWindows.takes(sweep) && windows.passes(sweep)) {
      windows.sweep(sweep, fromLine, toLine, arrays);
    } else {
      next().sweep(sweep, fromLine, toLine, arrays);
    }
  }

  @Override
  public boolean hasWinograd() {
    return true;
  }

  @Override
  public Rates rates() {
    return wide ? RATES : SHORT_RATES;
  }

  @Override
  public void packWinograd(
      int size, int channels, int outChannels, MemorySegment weights, MemorySegment to) {
    if (to.isNative() && ofWinograd.pass(WinogradShape.number(size, false, false, Ending.NONE))) {
      winogradPacking.pack(size, channels, outChannels, Calls.offHeap(weights), to);
    } else {
      next().packWinograd(size, channels, outChannels, weights, to);
    }
  }

  @Override
  public boolean chains(int k, int channels, Axis height, Axis width) {
    return MachineChains.takes(k, channels, height, width) && windows.passes(width.stride());
  }

  @Override
  public void convolveChain(DepthwiseChain chain, int fromLine, int toLine, HotArrays arrays) {
    chains.run(chain, fromLine, toLine, arrays);
  }

  @Override
  public void winograd(
      WinogradConvolution convolution,
      int fromTile,
      int toTile,
      int fromChannel,
      int toChannel,
      HotArrays arrays) {
    if (MachineWinograd.takes(convolution)
        && ofWinograd.pass(MachineWinograd.number(convolution))
        && winograd.passes(convolution, toTile - fromTile, toChannel - fromChannel, products)) {
      winograd.run(convolution, fromTile, toTile, fromChannel, toChannel, arrays);
    } else {
      next().winograd(convolution, fromTile, toTile, fromChannel, toChannel, arrays);
    }
  }

  @Override
  public boolean hasPlanes() {
    return true;
  }

  @Override
  public void convolvePlanes(
      PlaneConvolution convolution, int fromLine, int toLine, HotArrays arrays) {
    if (ofPlanes.pass(planes.number(convolution))) {
      planes.run(convolution, fromLine, toLine, arrays);
    } else {
      leave();
      PlainPlanes.run(convolution, panelWidth(), fromLine, toLine);
    }
  }

  @Override
  public boolean hasIntegerProducts() {
    return true;
  }

  @Override
  public void multiply(
      IntegerProduct product, int fromLine, int toLine, int fromColumn, int toColumn) {
    if (integers.takes(product, toLine - fromLine)) {
      integers.compute(product, fromLine, toLine, fromColumn, toColumn);
    } else {
      next().multiply(product, fromLine, toLine, fromColumn, toColumn);
    }
  }

  @Override
  public void quantize(QuantizedSum sum, long from, long to) {
    if (bytes.takes(sum)) {
      bytes.quantize(sum, from, to);
    } else {
      next().quantize(sum, from, to);
    }
  }

  @Override
  public void copyBytes(
      MemorySegment x,
      long xOffset,
      long xPitch,
      MemorySegment y,
      long yOffset,
      long yPitch,
      int rows,
      long count,
      int flipped) {
    if (x.isNative() && y.isNative() && bytes.copies(Fold.FLIP)) {
      bytes.copy(Fold.FLIP, x, xOffset, xPitch, y, yOffset, yPitch, rows, count, flipped);
    } else {
      next().copyBytes(x, xOffset, xPitch, y, yOffset, yPitch, rows, count, flipped);
    }
  }

  @Override
  public void interleaveBytes(
      MemorySegment x,
      long xOffset,
      long pitch,
      int planes,
      MemorySegment y,
      long yOffset,
      long count) {
    if (x.isNative() && y.isNative() && bytes.interleaves(planes)) {
      bytes.interleave(x, xOffset, pitch, planes, y, yOffset, count);
    } else {
      next().interleaveBytes(x, xOffset, pitch, planes, y, yOffset, count);
    }
  }

  @Override
  public void maxBytes(
      MemorySegment x,
      long xOffset,
      long xPitch,
      MemorySegment y,
      long yOffset,
      long yPitch,
      int rows,
      long count,
      boolean signed) {
    Fold fold = signed ? Fold.MAX_SIGNED : Fold.MAX_UNSIGNED;
    if (x.isNative() && y.isNative() && bytes.copies(fold)) {
      bytes.copy(fold, x, xOffset, xPitch, y, yOffset, yPitch, rows, count, 0);
    } else {
      next().maxBytes(x, xOffset, xPitch, y, yOffset, yPitch, rows, count, signed);
    }
  }

  @Override
  public void maskKeys(
      MemorySegment scores,
      int rows,
      int n,
      float factor,
      @Nullable MemorySegment mask,
      boolean truth,
      long maskOffset,
      long maskPitch,
      int from,
      int fromStep,
      int to,
      int toStep,
      int most,
      MemorySegment blind) {
    boolean takes = MachineKeyMasks.takes(n) && scores.isNative() && blind.isNative();
    int number = MachineKeyMasks.number(mask, truth);
    if (takes && Calls.isNative(mask) && keyTrials.pass(number)) {
      keyMasks.mask(
          scores,
          rows,
          n,
          factor,
          mask,
          truth,
          maskOffset,
          maskPitch,
          from,
          fromStep,
          to,
          toStep,
          most,
          blind);
    } else {
      next()
          .maskKeys(
              scores,
              rows,
              n,
              factor,
              mask,
              truth,
              maskOffset,
              maskPitch,
              from,
              fromStep,
              to,
              toStep,
              most,
              blind);
    }
  }

  @Override
  public void clearRows(MemorySegment flags, MemorySegment x, int rows, int n) {
    boolean takes = MachineKeyMasks.takes(n) && flags.isNative() && x.isNative();
    if (takes && keyTrials.pass(MachineKeyMasks.CLEAR)) {
      keyMasks.clear(flags, x, rows, n);
    } else {
      next().clearRows(flags, x, rows, n);
    }
  }

  @Override
  public boolean hasRowVectors() {
    return true;
  }

  @Override
  public void dotRows(
      MemorySegment x,
      long xOffset,
      long xStep,
      MemorySegment a,
      long aOffset,
      long aStep,
      long pitch,
      int rows,
      int columns,
      MemorySegment y,
      long yOffset,
      long yStep,
      int count) {
    if (MachineRowVectors.takes(x, a, y, rows, columns)
        && vectorTrials.pass(MachineRowVectors.DOTS)) {
      rowVectors.compute(
          MachineRowVectors.DOTS,
          x,
          xOffset,
          xStep,
          a,
          aOffset,
          aStep,
          pitch,
          rows,
          columns,
          y,
          yOffset,
          yStep,
          count);
    } else {
      next()
          .dotRows(
              x, xOffset, xStep, a, aOffset, aStep, pitch, rows, columns, y, yOffset, yStep, count);
    }
  }

  @Override
  public void sumRows(
      MemorySegment x,
      long xOffset,
      long xStep,
      MemorySegment a,
      long aOffset,
      long aStep,
      long pitch,
      int rows,
      int columns,
      MemorySegment y,
      long yOffset,
      long yStep,
      int count) {
    if (MachineRowVectors.takes(x, a, y, rows, columns)
        && vectorTrials.pass(MachineRowVectors.SUMS)) {
      rowVectors.compute(
          MachineRowVectors.SUMS,
          x,
          xOffset,
          xStep,
          a,
          aOffset,
          aStep,
          pitch,
          rows,
          columns,
          y,
          yOffset,
          yStep,
          count);
    } else {
      next()
          .sumRows(
              x, xOffset, xStep, a, aOffset, aStep, pitch, rows, columns, y, yOffset, yStep, count);
    }
  }
}
