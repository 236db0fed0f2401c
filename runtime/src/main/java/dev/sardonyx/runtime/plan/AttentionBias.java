package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.sardonyx.api.op.Attention;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import java.lang.foreign.MemorySegment;

/**
 * What is added to scores: minus infinity where a query must not look, the mask elsewhere. What is
 * said of masks and lengths is looked up at each run.
 */
final class AttentionBias {
  /** Further away than any key. */
  private static final int BEYOND = 1 << 30;

  private final Attention op;
  private final AttentionSizes sizes;
  private final boolean hasLengths;
  private final boolean hasMask;
  private final boolean truth;
  private final Elements elements;
  private final long[] strides = new long[4];
  private final long width;

  AttentionBias(Attention op, Call call, AttentionSizes sizes) {
    this.op = op;
    this.sizes = sizes;
    hasLengths = call.has(6);
    hasMask = call.has(3);
    DType type = hasMask ? call.input(3).dtype() : DType.BOOL;
    truth = hasMask && type == DType.BOOL;
    elements = new Elements(type);
    long[] mask = hasMask ? call.sizes(3) : new long[0];
    long[] scores = {sizes.batch(), sizes.heads(), sizes.queries(), sizes.total()};
    width = mask.length == 0 ? Long.MAX_VALUE : mask[mask.length - 1];
    long[] natural = LoopNest.strides(mask);
    for (int axis = 0; axis < mask.length; axis++) {
      int at = 4 - mask.length + axis;
      boolean last = axis == mask.length - 1; // a shorter mask is filled up there, not repeated
      if (!last && mask[axis] != 1 && mask[axis] != scores[at]) {
        throw new IllegalArgumentException(
            "attn_mask must broadcast to the scores on axis %d (%d vs %d)"
                .formatted(at, mask[axis], scores[at]));
      }
      strides[at] = mask[axis] == 1 ? 0 : natural[axis];
    }
  }

  /** Whether there is none. */
  boolean isNone() {
    return !hasMask
        && !hasLengths
        && !op.isCausal()
        && op.leftWindowSize() < 0
        && op.rightWindowSize() < 0;
  }

  /** What is added for a query and a key. */
  double at(Buffers buffers, long batch, int head, int query, int key) {
    if (key < from(buffers, batch, query) || key >= to(buffers, batch, query)) {
      return Double.NEGATIVE_INFINITY;
    }
    if (!hasMask) {
      return 0;
    }
    MemorySegment mask = buffers.input(3);
    long at = batch * strides[0] + head * strides[1] + query * strides[2] + key * strides[3];
    return truth
        ? elements.integer(mask, at) != 0 ? 0 : Double.NEGATIVE_INFINITY
        : elements.real(mask, at);
  }

  /** The first key that a query may see, if any. */
  int from(Buffers buffers, long batch, int query) {
    long window = op.leftWindowSize();
    return window < 0 ? 0 : clamp(query + offset(buffers, batch) - window);
  }

  /** One more than the last key that a query may see. */
  int to(Buffers buffers, long batch, int query) {
    long place = query + offset(buffers, batch);
    long to = Math.min(width, hasLengths ? length(buffers, batch) : Long.MAX_VALUE);
    to = op.isCausal() ? Math.min(to, place + 1) : to;
    to = op.rightWindowSize() < 0 ? to : Math.min(to, place + op.rightWindowSize() + 1);
    return clamp(to);
  }

  private int clamp(long key) {
    return Math.clamp(key, 0, sizes.total());
  }

  /** The place of the first query. */
  private long offset(Buffers buffers, long batch) {
    return hasLengths ? length(buffers, batch) - sizes.queries() : sizes.past();
  }

  /** The first key that the query of a row may see; for the next row a step further. */
  int first(Buffers buffers, long batch, int query) {
    long window = op.leftWindowSize();
    return window < 0 ? 0 : bounded(query + offset(buffers, batch) - window);
  }

  /** How far the first key moves from query to query. */
  int firstStep() {
    return op.leftWindowSize() < 0 ? 0 : 1;
  }

  /** One more than the last key that the query of a row may see, but for {@link #most}. */
  int end(Buffers buffers, long batch, int query) {
    if (endStep() == 0) {
      return sizes.total();
    }
    long place = query + offset(buffers, batch);
    long ahead = op.rightWindowSize() < 0 ? Long.MAX_VALUE : op.rightWindowSize();
    return bounded(place + 1 + (op.isCausal() ? 0 : ahead));
  }

  /** How far that moves from query to query. */
  int endStep() {
    return op.isCausal() || op.rightWindowSize() >= 0 ? 1 : 0;
  }

  /** One more than the last key that any query of a sample may see. */
  int most(Buffers buffers, long batch) {
    return clamp(Math.min(width, hasLengths ? length(buffers, batch) : Long.MAX_VALUE));
  }

  /** Small enough that a step for each query does not lead beyond an int. */
  private static int bounded(long key) {
    return Math.clamp(key, -BEYOND, BEYOND);
  }

  /** Whether the keys that are seen depend on lengths that are looked up. */
  boolean hasLengths() {
    return hasLengths;
  }

  /** Whether there is a mask. */
  boolean hasMask() {
    return hasMask;
  }

  /** Whether the mask is one of truth, whose bytes are used as they are. */
  boolean isTruth() {
    return truth;
  }

  /** Whether kernels take the mask as it lies in memory. */
  boolean isPlain() {
    return truth || elements.type() == DType.FLOAT32;
  }

  /** Elements of the mask from a query to the next. */
  long maskPitch() {
    return strides[2];
  }

  /** Elements of the mask from a head to the next. */
  long maskHeadPitch() {
    return strides[1];
  }

  /** Where the mask of a query begins. */
  long maskAt(long batch, int head, int query) {
    return batch * strides[0] + head * strides[1] + query * strides[2];
  }

  /** What a mask of numbers adds to the score of a query and a key. */
  float mask(Buffers buffers, long maskAt, int key) {
    MemorySegment mask = buffers.input(3);
    long at = maskAt + key * strides[3];
    return (float) elements.real(mask, at);
  }

  private static long length(Buffers buffers, long batch) {
    return buffers.input(6).get(JAVA_LONG_UNALIGNED, batch * Long.BYTES);
  }
}
