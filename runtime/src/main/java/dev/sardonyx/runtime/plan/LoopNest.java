package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Team;
import java.util.Arrays;

/**
 * Loops over an output in row-major order while two operands are read at strides of their own; a
 * stride of 0 repeats an element. Axes that can be walked as one are merged, so that the innermost
 * run is as long as it can be. All strides and offsets are in elements.
 */
final class LoopNest {

  /** The body: {@code n} outputs from {@code y} on, operands moving by their steps. */
  @FunctionalInterface
  interface Run {
    void apply(long a, long aStep, long b, long bStep, long y, long n);
  }

  /** What a part of a nest of one axis is a multiple of: a cache line of bytes, and more. */
  private static final int UNIT = 64;

  private final long[] sizes;
  private final long[] aStrides;
  private final long[] bStrides;
  private final long[] yStrides;

  private LoopNest(long[] sizes, long[] aStrides, long[] bStrides) {
    this.sizes = sizes;
    this.aStrides = aStrides;
    this.bStrides = bStrides;
    this.yStrides = strides(sizes);
  }

  /** A nest over sizes, with one stride per axis for each operand. */
  static LoopNest of(long[] sizes, long[] aStrides, long[] bStrides) {
    int rank = 0;
    long[] merged = new long[sizes.length];
    long[] a = new long[sizes.length];
    long[] b = new long[sizes.length];
    for (int axis = 0; axis < sizes.length; axis++) {
      if (sizes[axis] == 1) {
        continue;
      }
      long size = sizes[axis];
      boolean joins =
          rank > 0 && a[rank - 1] == aStrides[axis] * size && b[rank - 1] == bStrides[axis] * size;
      int at = joins ? rank - 1 : rank++;
      merged[at] = joins ? merged[at] * size : size;
      a[at] = aStrides[axis];
      b[at] = bStrides[axis];
    }
    return new LoopNest(cut(merged, rank), cut(a, rank), cut(b, rank));
  }

  /** A nest that reads one operand. */
  static LoopNest of(long[] sizes, long[] strides) {
    return of(sizes, strides, new long[sizes.length]);
  }

  /** A nest that stretches one operand to an output. */
  static LoopNest broadcast(long[] output, long[] a) {
    return of(output, broadcastStrides(a, output.length));
  }

  /** A nest of two operands that broadcast to an output. */
  static LoopNest broadcast(long[] output, long[] a, long[] b) {
    return of(output, broadcastStrides(a, output.length), broadcastStrides(b, output.length));
  }

  /** A nest that reads one operand in another order of axes. */
  static LoopNest permuted(long[] input, int[] order) {
    long[] natural = strides(input);
    long[] sizes = new long[order.length];
    long[] moved = new long[order.length];
    for (int axis = 0; axis < order.length; axis++) {
      sizes[axis] = input[order[axis]];
      moved[axis] = natural[order[axis]];
    }
    return of(sizes, moved);
  }

  /** The strides of a dense row-major tensor. */
  static long[] strides(long[] sizes) {
    long[] result = new long[sizes.length];
    long stride = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      result[axis] = stride;
      stride *= sizes[axis];
    }
    return result;
  }

  /** The strides that stretch an operand to a rank, dims aligned at the end. */
  private static long[] broadcastStrides(long[] operand, int rank) {
    long[] natural = strides(operand);
    long[] result = new long[rank];
    int missing = rank - operand.length;
    for (int axis = 0; axis < operand.length; axis++) {
      result[missing + axis] = operand[axis] == 1 ? 0 : natural[axis];
    }
    return result;
  }

  private static long[] cut(long[] values, int rank) {
    return Arrays.copyOf(values, rank);
  }

  /** Whether the first operand is read forwards in rows at a pitch, each as it lies. */
  boolean isRows() {
    return sizes.length == 2 && aStrides[1] == 1 && aStrides[0] >= 0;
  }

  /** The pitch of such rows. */
  long rowStride() {
    return aStrides[0];
  }

  /** The outputs of an innermost run. */
  long run() {
    return sizes.length == 0 ? 1 : sizes[sizes.length - 1];
  }

  /** The number of outputs. Errors: LIMIT. */
  long count() {
    return Sizes.product(sizes);
  }

  /**
   * Runs the body for each innermost run, in the output's order; long runs are cut, so that the
   * whole can be ended. Errors: INTERRUPTED, LIMIT.
   */
  void forEach(Run body) {
    if (sizes.length == 0) {
      body.apply(0, 1, 0, 1, 0, 1);
    } else {
      walk(0, 0, sizes[0], 0, 0, 0, body, Cancellation.EVERY);
    }
  }

  /**
   * The same, the first axis cut between the members of a team. Not for elements of less than a
   * byte.
   *
   * @param body for any member at any time
   * @param cost operations on one element
   */
  Step shared(Team team, Run body, int cost) {
    if (sizes.length == 0) {
      return () -> forEach(body);
    }
    return split(team, cost)
        .step(team, (from, to, _) -> walk(0, from, to, 0, 0, 0, body, Cancellation.EVERY));
  }

  /** The same with a body that only asks kernels: see {@link Kernels#repeated}. */
  Step shared(Team team, Run body, int cost, Kernels kernels) {
    if (sizes.length == 0) {
      return () -> forEach(body);
    }
    return split(team, cost)
        .step(team, (from, to, _) -> walk(0, from, to, 0, 0, 0, body, Cancellation.EVERY), kernels);
  }

  private Split split(Team team, int cost) {
    long work = Sizes.multiply(count(), cost);
    return Split.of(sizes[0], work, sizes.length == 1 ? UNIT : 1, team.size());
  }

  private long walk(int axis, long from, long to, long a, long b, long y, Run body, long allowed) {
    long left = allowed;
    if (axis == sizes.length - 1) {
      for (long i = from; i < to; i += Cancellation.EVERY) {
        long n = Math.min(Cancellation.EVERY, to - i);
        long aStep = aStrides[axis];
        long bStep = bStrides[axis];
        body.apply(a + i * aStep, aStep, b + i * bStep, bStep, y + i, n);
        left = Cancellation.spend(left, n);
      }
      return left;
    }
    for (long i = from; i < to; i++) {
      long nextA = a + i * aStrides[axis];
      long nextB = b + i * bStrides[axis];
      long nextY = y + i * yStrides[axis];
      left = walk(axis + 1, 0, sizes[axis + 1], nextA, nextB, nextY, body, left);
    }
    return left;
  }
}
