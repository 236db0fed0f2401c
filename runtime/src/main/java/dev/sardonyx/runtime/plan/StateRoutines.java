package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import dev.sardonyx.api.op.CausalConvWithState;
import dev.sardonyx.api.op.LinearAttention;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;

/** Operators that carry a state along a sequence; they compute in double. */
final class StateRoutines {
  private StateRoutines() {}

  static Routine convolution(CausalConvWithState op, Call call) {
    long[] x = call.sizes(0);
    long kernel = call.sizes(1)[2];
    var elements = new Elements(call.input(0).dtype());
    return Routine.of(
        buffers ->
            () -> {
              for (long row = 0; row < x[0] * x[1]; row++) {
                convolve(op, call, buffers, row, row % x[1]);
                for (long i = 0; call.hasOutput(1) && i < kernel - 1; i++) {
                  double last = before(call, buffers, row, x[2] + i);
                  elements.real(buffers.output(1), row * (kernel - 1) + i, last);
                }
              }
            });
  }

  private static void convolve(
      CausalConvWithState op, Call call, Buffers buffers, long row, long channel) {
    long length = call.sizes(0)[2];
    long kernel = call.sizes(1)[2];
    var elements = new Elements(call.input(0).dtype());
    MemorySegment y = buffers.output();
    long left = Cancellation.EVERY;
    for (long i = 0; i < length; i++) {
      left = Cancellation.spend(left, kernel);
      double sum = call.has(2) ? elements.real(buffers.input(2), channel) : 0;
      for (long tap = 0; tap < kernel; tap++) {
        double weight = elements.real(buffers.input(1), channel * kernel + tap);
        sum += weight * before(call, buffers, row, i + tap);
      }
      elements.real(y, row * length + i, sum);
      if (op.isActivated()) { // of what was rounded, as the operator is defined
        double rounded = elements.real(y, row * length + i);
        elements.real(y, row * length + i, rounded / (1 + Math.exp(-rounded)));
      }
    }
  }

  /** An element of a row that has the past state, or zeros, before it. */
  private static double before(Call call, Buffers buffers, long row, long index) {
    long past = call.sizes(1)[2] - 1;
    var elements = new Elements(call.input(0).dtype());
    if (index >= past) {
      return elements.real(buffers.input(0), row * call.sizes(0)[2] + index - past);
    }
    return call.has(3) ? elements.real(buffers.input(3), row * past + index) : 0;
  }

  static Routine attention(LinearAttention op, Call call) {
    long[] query = call.sizes(0);
    int size = Sizes.narrow(query[2] / op.qNumHeads());
    int valueSize = Sizes.narrow(call.sizes(2)[2] / op.kvNumHeads());
    long state = Sizes.multiply(size, valueSize);
    // The state, and behind it what is written for a token.
    long scratch = Sizes.multiply(Sizes.add(state, valueSize), Double.BYTES);
    return Routine.of(
            buffers ->
                () -> {
                  var head = new LinearHead(op, call, buffers, size, valueSize);
                  for (long batch = 0; batch < query[0]; batch++) {
                    for (int key = 0; key < op.kvNumHeads(); key++) {
                      head.load(batch * op.kvNumHeads() + key);
                      for (long token = 0; token < query[1]; token++) {
                        Cancellation.poll();
                        head.update(batch * query[1] + token, key);
                        head.read(batch * query[1] + token, key);
                      }
                      head.store(batch * op.kvNumHeads() + key);
                    }
                  }
                })
        .withScratch(scratch);
  }

  /** One head of keys with its state in the scratch. */
  private record LinearHead(
      LinearAttention op, Call call, Buffers buffers, int size, int valueSize) {

    private double state(long index) {
      return buffers.scratch().get(JAVA_DOUBLE_UNALIGNED, index * Double.BYTES);
    }

    private void state(long index, double value) {
      buffers.scratch().set(JAVA_DOUBLE_UNALIGNED, index * Double.BYTES, value);
    }

    private double given(int input, long index) {
      return new Elements(call.input(input).dtype()).real(buffers.input(input), index);
    }

    void load(long head) {
      long count = (long) size * valueSize;
      for (long i = 0; i < count; i++) {
        state(i, call.has(3) ? given(3, head * count + i) : 0);
      }
    }

    void store(long head) {
      long count = (long) size * valueSize;
      for (long i = 0; call.hasOutput(1) && i < count; i++) {
        new Elements(call.output(1).dtype()).real(buffers.output(1), head * count + i, state(i));
      }
    }

    void update(long token, int head) {
      int heads = op.kvNumHeads();
      long keyAt = (token * heads + head) * size;
      if (op.updateRule().isGated()) {
        decay(token, head);
      }
      long change = (long) size * valueSize;
      for (int j = 0; j < valueSize; j++) {
        double value = given(2, (token * heads + head) * valueSize + j);
        if (op.updateRule().isCorrected()) {
          double found = 0;
          for (int i = 0; i < size; i++) {
            found += state((long) i * valueSize + j) * given(1, keyAt + i);
          }
          value = beta(token, head) * (value - found);
        }
        state(change + j, value);
      }
      for (int i = 0; i < size; i++) {
        double key = given(1, keyAt + i);
        for (int j = 0; j < valueSize; j++) {
          long at = (long) i * valueSize + j;
          state(at, state(at) + key * state(change + j));
        }
      }
    }

    private void decay(long token, int head) {
      long width = call.sizes(4)[2];
      boolean each = width != op.kvNumHeads();
      for (int i = 0; i < size; i++) {
        long at = token * width + (each ? (long) head * size + i : head);
        double factor = Math.exp(given(4, at));
        for (int j = 0; j < valueSize; j++) {
          state((long) i * valueSize + j, state((long) i * valueSize + j) * factor);
        }
      }
    }

    private double beta(long token, int head) {
      long width = call.sizes(5)[2];
      return given(5, token * width + (width == 1 ? 0 : head));
    }

    void read(long token, int head) {
      double scale = op.scale() == 0 ? 1 / Math.sqrt(size) : op.scale();
      var elements = new Elements(call.output().dtype());
      int group = op.qNumHeads() / op.kvNumHeads();
      for (int query = head * group; query < (head + 1) * group; query++) {
        for (int j = 0; j < valueSize; j++) {
          double sum = 0;
          for (int i = 0; i < size; i++) {
            double q = given(0, (token * op.qNumHeads() + query) * size + i);
            sum += q * state((long) i * valueSize + j);
          }
          long to = (token * op.qNumHeads() + query) * valueSize + j;
          elements.real(buffers.output(), to, scale * sum);
        }
      }
    }
  }
}
