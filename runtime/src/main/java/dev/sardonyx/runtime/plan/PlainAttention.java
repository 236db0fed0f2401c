package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import dev.sardonyx.api.op.Attention;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;

/**
 * Attention of any float type, one query at a time, in double; only the output is rounded, and what
 * a precision of softmax is given for.
 */
record PlainAttention(
    Attention op,
    Call call,
    AttentionSizes sizes,
    AttentionBias bias,
    AttentionCache keys,
    AttentionCache values) {

  /** A row of scores, one of biases, and a place for what is rounded. */
  static long scratchBytes(AttentionSizes sizes) {
    return Sizes.multiply(Sizes.add(Sizes.multiply(2, sizes.total()), 1), Double.BYTES);
  }

  static double scale(Attention op, AttentionSizes sizes) {
    return op.scale().isPresent() ? op.scale().get() : 1 / Math.sqrt(sizes.size());
  }

  Runnable bind(Buffers buffers, MemorySegment k, MemorySegment v) {
    return () -> {
      for (long batch = 0; batch < sizes.batch(); batch++) {
        for (int head = 0; head < sizes.heads(); head++) {
          for (int query = 0; query < sizes.queries(); query++) {
            Cancellation.poll();
            scores(buffers, k, batch, head, query);
            weigh(buffers, v, batch, head, query);
          }
        }
      }
    };
  }

  private DType type() {
    return call.input(0).dtype();
  }

  /** A number rounded to a type, through the last element of the scratch. */
  private double rounded(Buffers buffers, DType type, double value) {
    MemorySegment cell = buffers.scratch().asSlice(2L * sizes.total() * Double.BYTES, Double.BYTES);
    var elements = new Elements(type);
    elements.real(cell, 0, value);
    return elements.real(cell, 0);
  }

  private void scores(Buffers buffers, MemorySegment k, long batch, int head, int query) {
    var elements = new Elements(type());
    int pitch = sizes.pitch(sizes.heads(), sizes.size());
    long from =
        sizes.at(batch, head, sizes.heads(), sizes.queries(), sizes.size()) + (long) query * pitch;
    long keysAt = keys.at(batch, head / sizes.group());
    double scale = scale(op, sizes);
    MemorySegment row = buffers.scratch();
    for (int key = 0; key < sizes.total(); key++) {
      Cancellation.pollAt(key);
      double sum = 0;
      for (int i = 0; i < sizes.size(); i++) {
        Cancellation.pollAt(i);
        double a = elements.real(buffers.input(0), from + i);
        sum += a * elements.real(k, keysAt + (long) key * keys.pitch() + i);
      }
      set(row, key, scale * sum);
    }
    give(Attention.Scores.PRODUCTS, buffers, batch, head, query);
    for (int key = 0; op.softcap() > 0 && key < sizes.total(); key++) {
      Cancellation.pollAt(key);
      set(row, key, op.softcap() * Math.tanh(get(row, key) / op.softcap()));
    }
    give(Attention.Scores.CAPPED, buffers, batch, head, query);
    for (int key = 0; key < sizes.total(); key++) {
      Cancellation.pollAt(key);
      double add = bias.at(buffers, batch, head, query, key);
      set(row, sizes.total() + key, add);
      set(row, key, get(row, key) + add);
    }
    give(Attention.Scores.BIASED, buffers, batch, head, query);
    softmax(buffers, row);
    give(Attention.Scores.PROBABILITIES, buffers, batch, head, query);
  }

  private void softmax(Buffers buffers, MemorySegment row) {
    DType precision = op.softmaxPrecision().orElse(DType.FLOAT64);
    double most = Double.NEGATIVE_INFINITY;
    boolean seen = false;
    for (int key = 0; key < sizes.total(); key++) {
      Cancellation.pollAt(key);
      double score = rounded(buffers, precision, get(row, key));
      set(row, key, score);
      most = Math.max(most, score);
      seen |= get(row, sizes.total() + key) != Double.NEGATIVE_INFINITY;
    }
    boolean blind = !seen || most == Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int key = 0; key < sizes.total(); key++) {
      Cancellation.pollAt(key);
      double power = blind ? 0 : Math.exp(get(row, key) - most);
      set(row, key, power);
      sum += power;
    }
    for (int key = 0; !blind && key < sizes.total(); key++) {
      Cancellation.pollAt(key);
      set(row, key, rounded(buffers, precision, get(row, key) / sum));
    }
  }

  private void weigh(Buffers buffers, MemorySegment v, long batch, int head, int query) {
    var elements = new Elements(type());
    var valueElements = new Elements(call.input(2).dtype());
    MemorySegment row = buffers.scratch();
    long valuesAt = values.at(batch, head / sizes.group());
    int pitch = sizes.pitch(sizes.heads(), sizes.valueSize());
    long to =
        sizes.at(batch, head, sizes.heads(), sizes.queries(), sizes.valueSize())
            + (long) query * pitch;
    for (int i = 0; i < sizes.valueSize(); i++) {
      double sum = 0;
      for (int key = 0; key < sizes.total(); key++) {
        Cancellation.pollAt(key);
        double value = valueElements.real(v, valuesAt + (long) key * values.pitch() + i);
        sum += get(row, key) * value;
      }
      elements.real(buffers.output(), to + i, sum);
    }
  }

  private void give(Attention.Scores kind, Buffers buffers, long batch, int head, int query) {
    if (op.qkMatmulOutput() != kind || !call.hasOutput(3)) {
      return;
    }
    var elements = new Elements(type());
    long at = ((batch * sizes.heads() + head) * sizes.queries() + query) * sizes.total();
    for (int key = 0; key < sizes.total(); key++) {
      Cancellation.pollAt(key);
      elements.real(buffers.output(3), at + key, get(buffers.scratch(), key));
    }
  }

  private static double get(MemorySegment row, long index) {
    return row.get(JAVA_DOUBLE_UNALIGNED, index * Double.BYTES);
  }

  private static void set(MemorySegment row, long index, double value) {
    row.set(JAVA_DOUBLE_UNALIGNED, index * Double.BYTES, value);
  }
}
