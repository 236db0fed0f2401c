package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.Attention;
import dev.sardonyx.api.type.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * Scaled dot product attention, each query alone. Windows, and lengths of keys that are given
 * apart, are not defined here. Source: ONNX Attention.
 */
final class Attentions {
  private final Attention op;
  private final Operands in;
  private final Heads query;
  private final Heads key;
  private final Heads value;
  private final long past;
  private final Shared<double[][]> rows = new Shared<>(1, this::stages);

  /** A tensor as (batch, heads, sequence, size), whatever its layout. */
  private record Heads(Exact x, long heads, long sequence, long size, boolean split) {
    static Heads of(Exact x, int heads) {
      long[] sizes = x.sizes();
      return sizes.length == 4
          ? new Heads(x, sizes[1], sizes[2], sizes[3], true)
          : new Heads(x, heads, sizes[1], sizes[2] / heads, false);
    }

    double at(long batch, long head, long place, long i) {
      long row =
          split
              ? (batch * heads + head) * sequence + place
              : (batch * sequence + place) * heads + head;
      return x.at(row * size + i);
    }
  }

  private Attentions(Attention op, Operands in) {
    this.op = op;
    this.in = in;
    query = Heads.of(in.get(0), op.qNumHeads());
    key = Heads.of(in.get(1), op.kvNumHeads());
    value = Heads.of(in.get(2), op.kvNumHeads());
    past = in.has(4) ? in.get(4).sizes()[2] : 0;
  }

  static List<Exact> of(Attention op, Operands in) {
    boolean windows = op.leftWindowSize() >= 0 || op.rightWindowSize() >= 0;
    return windows || in.has(6) ? List.of() : new Attentions(op, in).outputs();
  }

  private List<Exact> outputs() {
    List<Exact> result = new ArrayList<>();
    long work = (key.sequence + past) * 4;
    result.add(Exact.real(in.type(), work, this::output));
    if (in.types().size() > 2) {
      result.add(present(1, key, 4));
      result.add(present(2, value, 5));
    }
    if (in.types().size() > 3) {
      long keys = key.sequence + past;
      int stage = op.qkMatmulOutput().ordinal();
      result.add(
          Exact.real(
              in.types().get(3),
              work * query.size,
              index -> rows.get(index / keys)[stage][(int) (index % keys)]));
    }
    return result;
  }

  private Exact present(int output, Heads now, int before) {
    long all = now.sequence + past;
    return Exact.real(
        in.types().get(output),
        5,
        index -> {
          long row = index / now.size;
          long head = row / all % now.heads;
          long batch = row / all / now.heads;
          return cached(now, before, batch, head, row % all, index % now.size);
        });
  }

  /** An element of what came before, or of what is new. */
  private double cached(Heads now, int before, long batch, long head, long place, long i) {
    return place < past
        ? in.get(before).at(((batch * now.heads + head) * past + place) * now.size + i)
        : now.at(batch, head, place - past, i);
  }

  private double output(long index) {
    long i = index % value.size;
    long head;
    long place;
    long batch;
    if (query.split) {
      place = index / value.size % query.sequence;
      head = index / value.size / query.sequence % query.heads;
      batch = index / value.size / query.sequence / query.heads;
    } else {
      head = index / value.size % query.heads;
      place = index / value.size / query.heads % query.sequence;
      batch = index / value.size / query.heads / query.sequence;
    }
    long row = (batch * query.heads + head) * query.sequence + place;
    double[] weights = rows.get(row)[Attention.Scores.PROBABILITIES.ordinal()];
    long own = head / (query.heads / value.heads);
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += weights[k] == 0 ? 0 : weights[k] * cached(value, 5, batch, own, k, i);
    }
    return sum;
  }

  /** The scores of one query: as products, capped, with the mask, and their softmax. */
  private double[][] stages(long row) {
    long place = row % query.sequence;
    long head = row / query.sequence % query.heads;
    long batch = row / query.sequence / query.heads;
    long own = head / (query.heads / key.heads);
    int keys = Math.toIntExact(key.sequence + past);
    double scale = op.scale().map(Float::doubleValue).orElse(1 / Math.sqrt(query.size));
    double[][] result = new double[4][keys];
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < keys; k++) {
      double sum = 0;
      for (long i = 0; i < query.size; i++) {
        sum += query.at(batch, head, place, i) * cached(key, 4, batch, own, k, i);
      }
      double cap = op.softcap();
      result[0][k] = sum * scale;
      result[1][k] = cap > 0 ? cap * Math.tanh(result[0][k] / cap) : result[0][k];
      boolean later = op.isCausal() && k > place + past;
      result[2][k] = later ? Double.NEGATIVE_INFINITY : result[1][k] + mask(batch, head, place, k);
      largest = Math.max(largest, result[2][k]);
    }
    if (largest == Double.NEGATIVE_INFINITY) {
      throw Integers.open("the attention of a query to which no key is open");
    }
    double sum = 0;
    for (int k = 0; k < keys; k++) {
      result[3][k] = Math.exp(result[2][k] - largest);
      sum += result[3][k];
    }
    for (int k = 0; k < keys; k++) {
      result[3][k] /= sum;
    }
    return result;
  }

  /** What the mask adds to a score; keys beyond it are closed. */
  private double mask(long batch, long head, long place, long at) {
    if (!in.has(3)) {
      return 0;
    }
    Exact mask = in.get(3);
    long[] sizes = mask.sizes();
    long[] wanted = {batch, head, place, at};
    long index = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      long own = wanted[4 - sizes.length + axis];
      boolean beyond = axis == sizes.length - 1 && own >= sizes[axis] && sizes[axis] != 1;
      if (beyond) {
        return Double.NEGATIVE_INFINITY;
      }
      index = index * sizes[axis] + (sizes[axis] == 1 ? 0 : own);
    }
    if (mask.dtype() == DType.BOOL) {
      return mask.wholeAt(index) != 0 ? 0 : Double.NEGATIVE_INFINITY;
    }
    return mask.at(index);
  }
}
