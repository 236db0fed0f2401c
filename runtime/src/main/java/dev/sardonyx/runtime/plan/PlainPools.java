package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pools over any number of spatial axes, window by window. */
final class PlainPools {

  /** What becomes of the elements of a window. */
  interface Fold {
    /** A window begins. */
    void start();

    /** Its next element, by its place in x. */
    void take(MemorySegment x, long place);

    /**
     * The window ends.
     *
     * @param padded its taps within the padded input
     */
    void finish(long target, long padded);
  }

  private final Axis[] axes;
  private final long[] strides;
  private final long[] outputs;
  private final long[] position;
  private final int[] tap;
  private final long[] start;

  private PlainPools(Axis[] axes, long[] strides, long[] outputs) {
    this.axes = axes;
    this.strides = strides;
    this.outputs = outputs;
    position = new long[axes.length];
    tap = new int[axes.length];
    start = new long[axes.length];
  }

  /** The walk over the windows of a call. */
  static PlainPools of(Window window, Call call) {
    long[] spatial = Axes.spatial(call.sizes(0));
    List<Integer> pads = window.padsFor(spatial);
    Axis[] axes = new Axis[spatial.length];
    for (int i = 0; i < axes.length; i++) {
      axes[i] =
          new Axis(
              Sizes.narrow(spatial[i]),
              window.kernel().get(i),
              window.strides().get(i),
              window.dilations().get(i),
              pads.get(i),
              pads.get(i + axes.length));
    }
    return new PlainPools(axes, LoopNest.strides(spatial), Axes.spatial(call.outputSizes()));
  }

  /** The walk over windows that are whole planes. */
  static PlainPools ofPlanes(long[] sizes) {
    long[] spatial = Axes.spatial(sizes);
    long[] ones = new long[spatial.length];
    Arrays.fill(ones, 1);
    Axis[] axes = new Axis[spatial.length];
    for (int i = 0; i < axes.length; i++) {
      int size = Sizes.narrow(spatial[i]);
      axes[i] = new Axis(size, size, 1, 1, 0, 0);
    }
    return new PlainPools(axes, LoopNest.strides(spatial), ones);
  }

  /** Folds every window of every plane, in the order of the output. */
  void run(MemorySegment x, long planes, Fold fold) {
    long windows = Sizes.product(outputs);
    long plane = 1;
    for (Axis axis : axes) {
      plane *= axis.size();
    }
    long taps = 1;
    for (Axis axis : axes) {
      taps *= Math.min(axis.kernel(), axis.size());
    }
    long left = Cancellation.EVERY;
    for (long p = 0; p < planes; p++) {
      Arrays.fill(position, 0);
      for (long w = 0; w < windows; w++) {
        left = Cancellation.spend(left, taps);
        fold.start();
        window(x, p * plane, fold);
        fold.finish(p * windows + w, padded());
        advance();
      }
    }
  }

  private void advance() {
    for (int i = axes.length - 1; i >= 0; i--) {
      if (++position[i] < outputs[i]) {
        return;
      }
      position[i] = 0;
    }
  }

  private long padded() {
    long count = 1;
    for (int i = 0; i < axes.length; i++) {
      count *= axes[i].paddedTaps(start[i]);
    }
    return count;
  }

  private void window(MemorySegment x, long plane, Fold fold) {
    boolean some = true;
    for (int i = 0; i < axes.length; i++) {
      start[i] = axes[i].start((int) position[i]);
      tap[i] = axes[i].firstTap(start[i]);
      some &= tap[i] < axes[i].endTap(start[i]);
    }
    for (long taken = 0; some; taken++) {
      Cancellation.pollAt(taken);
      long place = plane;
      for (int i = 0; i < axes.length; i++) {
        place += (start[i] + (long) tap[i] * axes[i].dilation()) * strides[i];
      }
      fold.take(x, place);
      some = nextTap();
    }
  }

  private boolean nextTap() {
    for (int i = axes.length - 1; i >= 0; i--) {
      if (++tap[i] < axes[i].endTap(start[i])) {
        return true;
      }
      tap[i] = axes[i].firstTap(start[i]);
    }
    return false;
  }

  /** The largest, and on request where it is; a window in the padding gives -inf. */
  static final class Largest implements Fold {
    private final Elements elements;
    private final MemorySegment y;
    private final @Nullable MemorySegment places;
    private final long[] planeSizes;
    private final boolean columnMajor;
    private MemorySegment from = MemorySegment.NULL;
    private long best;

    Largest(
        Elements elements,
        MemorySegment y,
        @Nullable MemorySegment places,
        long[] planeSizes,
        boolean columnMajor) {
      this.elements = elements;
      this.y = y;
      this.places = places;
      this.planeSizes = planeSizes;
      this.columnMajor = columnMajor;
    }

    @Override
    public void start() {
      best = -1;
    }

    @Override
    public void take(MemorySegment x, long place) {
      from = x;
      if (best < 0 || isLarger(x, place)) {
        best = place;
      }
    }

    private boolean isLarger(MemorySegment x, long place) {
      double value = elements.real(x, place);
      return value > elements.real(x, best) || Double.isNaN(value);
    }

    @Override
    public void finish(long target, long padded) {
      elements.real(y, target, best < 0 ? Double.NEGATIVE_INFINITY : elements.real(from, best));
      if (places != null) {
        places.set(JAVA_LONG_UNALIGNED, target * Long.BYTES, columnMajor ? turned() : best);
      }
    }

    /** The place where the first axis of a plane is the fastest. */
    private long turned() {
      if (best < 0) {
        return best;
      }
      long plane = Sizes.product(planeSizes);
      long rest = best % plane;
      long result = 0;
      for (int i = planeSizes.length - 1; i >= 0; i--) {
        result += rest % planeSizes[i] * Sizes.product(planeSizes, 0, i);
        rest /= planeSizes[i];
      }
      return best - best % plane + result;
    }
  }

  /** The mean; a window without taps gives 0. */
  static final class Mean implements Fold {
    private final Elements elements;
    private final MemorySegment y;
    private final boolean countIncludePad;
    private double sum;
    private long count;

    Mean(Elements elements, MemorySegment y, boolean countIncludePad) {
      this.elements = elements;
      this.y = y;
      this.countIncludePad = countIncludePad;
    }

    @Override
    public void start() {
      sum = 0;
      count = 0;
    }

    @Override
    public void take(MemorySegment x, long place) {
      sum += elements.real(x, place);
      count++;
    }

    @Override
    public void finish(long target, long padded) {
      long divisor = countIncludePad ? padded : count;
      elements.real(y, target, divisor == 0 ? 0 : sum / divisor);
    }
  }

  /** The p-th root of the sum of sizes to the power of p. */
  static final class Norm implements Fold {
    private final Elements elements;
    private final MemorySegment y;
    private final int p;
    private double sum;

    Norm(Elements elements, MemorySegment y, int p) {
      this.elements = elements;
      this.y = y;
      this.p = p;
    }

    @Override
    public void start() {
      sum = 0;
    }

    @Override
    public void take(MemorySegment x, long place) {
      double size = Math.abs(elements.real(x, place));
      sum += p == 1 ? size : p == 2 ? size * size : Math.pow(size, p);
    }

    @Override
    public void finish(long target, long padded) {
      elements.real(y, target, p == 1 ? sum : p == 2 ? Math.sqrt(sum) : Math.pow(sum, 1.0 / p));
    }
  }
}
