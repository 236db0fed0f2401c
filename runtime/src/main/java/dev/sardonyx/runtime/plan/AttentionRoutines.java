package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Attention;
import dev.sardonyx.api.op.AttentionOp;
import dev.sardonyx.api.op.CausalConvWithState;
import dev.sardonyx.api.op.LinearAttention;
import dev.sardonyx.api.op.RotaryEmbedding;
import dev.sardonyx.api.op.TensorScatter;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Memory;
import java.lang.foreign.MemorySegment;

/** Attention and what goes with it. */
final class AttentionRoutines {
  private AttentionRoutines() {}

  static Routine of(AttentionOp op, Call call, Kernels kernels) {
    return switch (op) {
      case Attention attention -> AttentionRoutine.of(attention, call, kernels);
      case CausalConvWithState convolution -> StateRoutines.convolution(convolution, call);
      case LinearAttention linear -> StateRoutines.attention(linear, call);
      case RotaryEmbedding rotary -> rotary(rotary, call);
      case TensorScatter scatter -> scatter(scatter, call);
    };
  }

  private static Routine rotary(RotaryEmbedding op, Call call) {
    long[] x = call.sizes(0);
    boolean split = x.length == 4;
    int heads = split ? Sizes.narrow(x[1]) : op.numHeads();
    long length = split ? x[2] : x[1];
    int size = Sizes.narrow(split ? x[3] : x[2] / heads);
    long turned = op.rotaryEmbeddingDim() == 0 ? size : op.rotaryEmbeddingDim();
    return Routine.of(
        buffers ->
            () -> {
              Memory.copy(buffers.input(0), buffers.output());
              for (long token = 0; token < x[0] * length; token++) {
                long place = place(call, buffers, token);
                for (int head = 0; head < heads; head++) {
                  long at =
                      split
                          ? ((token / length * heads + head) * length + token % length) * size
                          : (token * heads + head) * size;
                  turn(op, call, buffers, at, place * (turned / 2), turned / 2);
                }
              }
            });
  }

  /** The row of the caches for a token. */
  private static long place(Call call, Buffers buffers, long token) {
    if (!call.has(3)) {
      return token;
    }
    long place = buffers.input(3).get(JAVA_LONG_UNALIGNED, token * Long.BYTES);
    long places = call.sizes(1)[0];
    if (place < 0 || place >= places) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "RotaryEmbedding: position_ids must be below %d, found %d".formatted(places, place));
    }
    return place;
  }

  private static void turn(
      RotaryEmbedding op, Call call, Buffers buffers, long at, long angle, long half) {
    var elements = new Elements(call.output().dtype());
    MemorySegment x = buffers.input(0);
    MemorySegment y = buffers.output();
    for (long i = 0; i < half; i++) {
      double cos = elements.real(buffers.input(1), angle + i);
      double sin = elements.real(buffers.input(2), angle + i);
      long first = at + (op.interleaved() ? 2 * i : i);
      long second = op.interleaved() ? first + 1 : first + half;
      double a = elements.real(x, first);
      double b = elements.real(x, second);
      elements.real(y, first, cos * a - sin * b);
      elements.real(y, second, sin * a + cos * b);
    }
  }

  private static Routine scatter(TensorScatter op, Call call) {
    long[] cache = call.sizes(0);
    int axis = op.axis() < 0 ? op.axis() + cache.length : op.axis();
    long count = call.sizes(1)[axis];
    long outer = Sizes.product(cache, 0, axis);
    long row = Sizes.product(cache, axis + 1, cache.length) * call.elementBytes();
    return Routine.of(
        buffers ->
            () -> {
              MemorySegment y = buffers.output();
              Memory.copy(buffers.input(0), y);
              for (long prefix = 0; prefix < outer; prefix++) {
                long first = first(op, call, buffers, prefix / (outer / cache[0]), axis);
                for (long i = 0; i < count; i++) {
                  long to = prefix * cache[axis] + (first + i) % cache[axis];
                  long from = prefix * count + i;
                  MemorySegment.copy(buffers.input(1), from * row, y, to * row, row);
                }
              }
            });
  }

  /** Where a sample's update begins. */
  private static long first(TensorScatter op, Call call, Buffers buffers, long sample, int axis) {
    if (!call.has(2)) {
      return 0;
    }
    long index = buffers.input(2).get(JAVA_LONG_UNALIGNED, sample * Long.BYTES);
    long room = call.sizes(0)[axis];
    if (op.circular()) {
      return Math.floorMod(index, room);
    }
    if (index < 0 || index > room - call.sizes(1)[axis]) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT,
          "TensorScatter: write_indices must leave room for update (%d of %d)"
              .formatted(index, room));
    }
    return index;
  }
}
