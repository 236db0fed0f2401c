package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.Supplier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Pixels between two products, a vector of channels at a time: bias, activation and windows of
 * three by three, with all that is constant in registers.
 */
final class VectorChain implements ChainLanes {
  private static final int LANES = Lanes.COUNT;
  private static final int WIDTH = VectorProducts.WIDTH;
  private static final int PITCH = Products.PITCH;

  private final WarmUp expanding;
  private final WarmUp byOne;
  private final WarmUp byTwo;

  VectorChain(Supplier<WarmUp> warmUp) {
    expanding = warmUp.get();
    byOne = warmUp.get();
    byTwo = warmUp.get();
  }

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void read(int pixels, MemorySegment x, long from, long step, float[] lines, int to) {
    for (int p = 0; p < pixels; p++) {
      long at = (from + p * step) * Float.BYTES;
      FloatVector.fromMemorySegment(Lanes.SPECIES, x, at, Lanes.ORDER)
          .intoArray(lines, to + p * LANES);
    }
  }

  @Override
  public void expanded(
      int pixels, float[] sums, int from, Epilogue epilogue, int biasAt, float[] lines, int to) {
    MemorySegment bias = Objects.requireNonNull(epilogue.bias());
    float low = low(epilogue);
    float high = high(epilogue);
    if (expanding.isOver()) {
      expand(pixels, sums, from, bias, biasAt, low, high, lines, to);
      return;
    }
    long start = System.nanoTime();
    int done = 0;
    boolean lanes = expanding.isVectorsTurn(start);
    if (lanes) {
      done = Math.min(pixels, expanding.vectors());
      expand(done, sums, from, bias, biasAt, low, high, lines, to);
      expanding.vectorTook(System.nanoTime() - start, done);
    }
    for (int p = done; p < pixels; p++) {
      for (int i = 0; i < LANES; i++) {
        float sum = sums[from + p * WIDTH + i] + Floats.get(bias, biasAt + i);
        lines[to + p * LANES + i] = bounded(sum, low, high);
      }
    }
    if (!lanes) {
      expanding.twinTook(System.nanoTime() - start);
    }
  }

  private static float low(Epilogue epilogue) {
    return epilogue.activation() == null ? Float.NEGATIVE_INFINITY : epilogue.low();
  }

  private static float high(Epilogue epilogue) {
    return epilogue.activation() == null ? Float.POSITIVE_INFINITY : epilogue.high();
  }

  private static float bounded(float value, float low, float high) {
    float raised = value <= low ? low : value;
    return raised >= high ? high : raised;
  }

  private static void expand(
      int pixels,
      float[] sums,
      int from,
      MemorySegment bias,
      int biasAt,
      float low,
      float high,
      float[] lines,
      int to) {
    FloatVector lows = FloatVector.broadcast(Lanes.SPECIES, low);
    FloatVector highs = FloatVector.broadcast(Lanes.SPECIES, high);
    long at = (long) biasAt * Float.BYTES;
    FloatVector b = FloatVector.fromMemorySegment(Lanes.SPECIES, bias, at, Lanes.ORDER);
    for (int p = 0; p < pixels; p++) {
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, sums, from + p * WIDTH).add(b);
      v = v.blend(lows, v.compare(VectorOperators.LE, lows));
      v = v.blend(highs, v.compare(VectorOperators.GE, highs));
      v.intoArray(lines, to + p * LANES);
    }
  }

  @Override
  public void windows(
      int pixels,
      int stride,
      float[] lines,
      int[] starts,
      WindowSweep sweep,
      int channel,
      float[] rows,
      int to) {
    WarmUp warmUp = stride == 1 ? byOne : byTwo;
    if (warmUp.isOver()) {
      inLanes(pixels, stride, lines, starts, sweep, channel, rows, to);
      return;
    }
    long start = System.nanoTime();
    if (warmUp.isVectorsTurn(start)) {
      int tried = Math.min(pixels, warmUp.vectors());
      inLanes(tried, stride, lines, starts, sweep, channel, rows, to);
      warmUp.vectorTook(System.nanoTime() - start, tried);
      twin(tried, pixels, stride, lines, starts, sweep, channel, rows, to);
    } else {
      twin(0, pixels, stride, lines, starts, sweep, channel, rows, to);
      warmUp.twinTook(System.nanoTime() - start);
    }
  }

  private static void twin(
      int from,
      int pixels,
      int stride,
      float[] x,
      int[] starts,
      WindowSweep s,
      int channel,
      float[] rows,
      int to) {
    MemorySegment w = Objects.requireNonNull(s.weights());
    MemorySegment bias = Objects.requireNonNull(s.epilogue().bias());
    float low = low(s.epilogue());
    float high = high(s.epilogue());
    for (int p = from; p < pixels; p++) {
      for (int i = 0; i < LANES; i++) {
        long c = channel + i;
        int pixel = p * stride * LANES + i;
        float sum = x[starts[0] + pixel] * Floats.get(w, c);
        for (int t = 1; t < NineTaps.COUNT; t++) {
          float value = x[starts[t / 3] + t % 3 * LANES + pixel];
          sum = Math.fma(value, Floats.get(w, t * (long) s.channels() + c), sum);
        }
        rows[to + p * PITCH + i] = bounded(sum + Floats.get(bias, c), low, high);
      }
    }
  }

  private static void inLanes(
      int pixels,
      int stride,
      float[] x,
      int[] starts,
      WindowSweep s,
      int channel,
      float[] rows,
      int to) {
    MemorySegment w = Objects.requireNonNull(s.weights());
    MemorySegment bias = Objects.requireNonNull(s.epilogue().bias());
    long at = (long) channel * Float.BYTES;
    long tap = (long) s.channels() * Float.BYTES;
    float low = low(s.epilogue());
    float high = high(s.epilogue());
    int x0 = starts[0];
    int x1 = starts[1];
    int x2 = starts[2];
    if (stride == 1) {
      byOne(pixels, x, x0, x1, x2, w, at, tap, bias, low, high, rows, to);
    } else {
      byTwo(pixels, x, x0, x1, x2, w, at, tap, bias, low, high, rows, to);
    }
  }

  private static void byOne(
      int pixels,
      float[] x,
      int x0,
      int x1,
      int x2,
      MemorySegment w,
      long at,
      long tap,
      MemorySegment bias,
      float low,
      float high,
      float[] rows,
      int to) {
    FloatVector lows = FloatVector.broadcast(Lanes.SPECIES, low);
    FloatVector highs = FloatVector.broadcast(Lanes.SPECIES, high);
    FloatVector b = FloatVector.fromMemorySegment(Lanes.SPECIES, bias, at, Lanes.ORDER);
    FloatVector w0 = FloatVector.fromMemorySegment(Lanes.SPECIES, w, at, Lanes.ORDER);
    FloatVector w1 = FloatVector.fromMemorySegment(Lanes.SPECIES, w, at + tap, Lanes.ORDER);
    FloatVector w2 = FloatVector.fromMemorySegment(Lanes.SPECIES, w, at + 2 * tap, Lanes.ORDER);
    FloatVector w3 = FloatVector.fromMemorySegment(Lanes.SPECIES, w, at + 3 * tap, Lanes.ORDER);
    FloatVector w4 = FloatVector.fromMemorySegment(Lanes.SPECIES, w, at + 4 * tap, Lanes.ORDER);
    FloatVector w5 = FloatVector.fromMemorySegment(Lanes.SPECIES, w, at + 5 * tap, Lanes.ORDER);
    FloatVector w6 = FloatVector.fromMemorySegment(Lanes.SPECIES, w, at + 6 * tap, Lanes.ORDER);
    FloatVector w7 = FloatVector.fromMemorySegment(Lanes.SPECIES, w, at + 7 * tap, Lanes.ORDER);
    FloatVector w8 = FloatVector.fromMemorySegment(Lanes.SPECIES, w, at + 8 * tap, Lanes.ORDER);
    int b0 = x0 + LANES;
    int c0 = b0 + LANES;
    int b1 = x1 + LANES;
    int c1 = b1 + LANES;
    int b2 = x2 + LANES;
    int c2 = b2 + LANES;
    for (int p = 0; p < pixels; p++) {
      FloatVector s = FloatVector.fromArray(Lanes.SPECIES, x, x0 + p * LANES).mul(w0);
      s = FloatVector.fromArray(Lanes.SPECIES, x, b0 + p * LANES).fma(w1, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, c0 + p * LANES).fma(w2, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, x1 + p * LANES).fma(w3, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, b1 + p * LANES).fma(w4, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, c1 + p * LANES).fma(w5, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, x2 + p * LANES).fma(w6, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, b2 + p * LANES).fma(w7, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, c2 + p * LANES).fma(w8, s);
      s = s.add(b);
      s = s.blend(lows, s.compare(VectorOperators.LE, lows));
      s = s.blend(highs, s.compare(VectorOperators.GE, highs));
      s.intoArray(rows, to + p * PITCH);
    }
  }

  private static void byTwo(
      int pixels,
      float[] x,
      int x0,
      int x1,
      int x2,
      MemorySegment w,
      long at,
      long tap,
      MemorySegment bias,
      float low,
      float high,
      float[] rows,
      int to) {
    FloatVector lows = FloatVector.broadcast(Lanes.SPECIES, low);
    FloatVector highs = FloatVector.broadcast(Lanes.SPECIES, high);
    FloatVector b = FloatVector.fromMemorySegment(Lanes.SPECIES, bias, at, Lanes.ORDER);
    FloatVector w0 = FloatVector.fromMemorySegment(Lanes.SPECIES, w, at, Lanes.ORDER);
    FloatVector w1 = FloatVector.fromMemorySegment(Lanes.SPECIES, w, at + tap, Lanes.ORDER);
    FloatVector w2 = FloatVector.fromMemorySegment(Lanes.SPECIES, w, at + 2 * tap, Lanes.ORDER);
    FloatVector w3 = FloatVector.fromMemorySegment(Lanes.SPECIES, w, at + 3 * tap, Lanes.ORDER);
    FloatVector w4 = FloatVector.fromMemorySegment(Lanes.SPECIES, w, at + 4 * tap, Lanes.ORDER);
    FloatVector w5 = FloatVector.fromMemorySegment(Lanes.SPECIES, w, at + 5 * tap, Lanes.ORDER);
    FloatVector w6 = FloatVector.fromMemorySegment(Lanes.SPECIES, w, at + 6 * tap, Lanes.ORDER);
    FloatVector w7 = FloatVector.fromMemorySegment(Lanes.SPECIES, w, at + 7 * tap, Lanes.ORDER);
    FloatVector w8 = FloatVector.fromMemorySegment(Lanes.SPECIES, w, at + 8 * tap, Lanes.ORDER);
    int b0 = x0 + LANES;
    int c0 = b0 + LANES;
    int b1 = x1 + LANES;
    int c1 = b1 + LANES;
    int b2 = x2 + LANES;
    int c2 = b2 + LANES;
    for (int p = 0; p < pixels; p++) {
      FloatVector s = FloatVector.fromArray(Lanes.SPECIES, x, x0 + p * (2 * LANES)).mul(w0);
      s = FloatVector.fromArray(Lanes.SPECIES, x, b0 + p * (2 * LANES)).fma(w1, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, c0 + p * (2 * LANES)).fma(w2, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, x1 + p * (2 * LANES)).fma(w3, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, b1 + p * (2 * LANES)).fma(w4, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, c1 + p * (2 * LANES)).fma(w5, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, x2 + p * (2 * LANES)).fma(w6, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, b2 + p * (2 * LANES)).fma(w7, s);
      s = FloatVector.fromArray(Lanes.SPECIES, x, c2 + p * (2 * LANES)).fma(w8, s);
      s = s.add(b);
      s = s.blend(lows, s.compare(VectorOperators.LE, lows));
      s = s.blend(highs, s.compare(VectorOperators.GE, highs));
      s.intoArray(rows, to + p * PITCH);
    }
  }
}
