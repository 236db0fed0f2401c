package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.sardonyx.api.op.Attention;
import dev.sardonyx.runtime.kernel.BinaryFunction;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.MatrixRows;
import dev.sardonyx.runtime.kernel.Memory;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.Team;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Attention in float32: the scores of some queries of a head are one product of matrices, their
 * output another. Scores stay in the cache, and take no more memory for longer sequences.
 *
 * @param factor what scores are multiplied by
 */
record SingleAttention(
    Attention op,
    Call call,
    AttentionSizes sizes,
    AttentionBias bias,
    AttentionCache keys,
    AttentionCache values,
    MemorySegment factor,
    Kernels kernels) {

  static SingleAttention of(
      Attention op,
      Call call,
      AttentionSizes sizes,
      AttentionBias bias,
      AttentionCache keys,
      AttentionCache values,
      Kernels kernels) {
    float scale = (float) PlainAttention.scale(op, sizes);
    MemorySegment factor = MemorySegment.ofArray(new float[] {scale});
    return new SingleAttention(op, call, sizes, bias, keys, values, factor, kernels);
  }

  /** Scores that are there at a time: 1 MiB, half of the L2 cache of a large core. */
  private static final int BLOCK_ELEMENTS = 1 << 18;

  /** Queries that meet all keys at a time: a few at least, that reading the keys pays. */
  private static int rows(AttentionSizes sizes) {
    int most = Math.max(LEAST_ROWS, BLOCK_ELEMENTS / Math.max(1, sizes.total()));
    return Math.min(sizes.queries(), most);
  }

  private static final int LEAST_ROWS = 28;

  /** What each member of the team needs. */
  static long memberScratchBytes(AttentionSizes sizes, AttentionBias bias, Kernels kernels) {
    long scores = Sizes.multiply(rows(sizes), sizes.total());
    long mask = bias.hasMask() && !bias.isPlain() ? scores : 0;
    long panels =
        Sizes.add(
            kernels.panelElements(sizes.size(), sizes.total()),
            kernels.panelElements(sizes.total(), sizes.valueSize()));
    long floats = Sizes.multiply(Float.BYTES, Sizes.add(Sizes.add(scores, mask), panels));
    return Sizes.add(floats, Sizes.multiply(rows(sizes), Long.BYTES));
  }

  /**
   * The products of a head in the memory of one member.
   *
   * @param mask room for rows of it where it is of another type
   * @param blind which queries see no key
   */
  private record Desk(
      Product keys,
      Product values,
      MemorySegment scores,
      MemorySegment mask,
      MemorySegment blind,
      HotArrays arrays) {}

  private Desk desk(Buffers buffers, int member) {
    long keyBytes = kernels.panelElements(sizes.size(), sizes.total()) * Float.BYTES;
    long valueBytes = kernels.panelElements(sizes.total(), sizes.valueSize()) * Float.BYTES;
    MemorySegment scratch = buffers.scratch(member);
    MemorySegment keyPanels = scratch.asSlice(0, keyBytes);
    MemorySegment valuePanels = scratch.asSlice(keyBytes, valueBytes);
    int n = sizes.total();
    long scoreBytes = (long) rows(sizes) * n * Float.BYTES;
    MemorySegment scores = scratch.asSlice(keyBytes + valueBytes, scoreBytes);
    long maskAt = keyBytes + valueBytes + scoreBytes;
    long maskBytes = bias.hasMask() && !bias.isPlain() ? scoreBytes : 0;
    MemorySegment mask = scratch.asSlice(maskAt, maskBytes);
    long blindBytes = (long) rows(sizes) * Long.BYTES;
    MemorySegment blind = scratch.asSlice(maskAt + maskBytes, blindBytes);
    int lda = sizes.pitch(sizes.heads(), sizes.size());
    int ldc = sizes.pitch(sizes.heads(), sizes.valueSize());
    var queries = new MatrixRows(buffers.input(0), lda, Float.BYTES);
    var weights = new MatrixRows(scores, n, Float.BYTES);
    return new Desk(
        new Product(n, sizes.size(), queries, keyPanels, scores, n, Epilogue.NONE),
        new Product(
            sizes.valueSize(), n, weights, valuePanels, buffers.output(), ldc, Epilogue.NONE),
        scores,
        mask,
        blind,
        buffers.arrays(member));
  }

  /** A part is all that shares a head of keys. */
  Runnable bind(Buffers buffers, MemorySegment k, MemorySegment v) {
    List<Desk> desks =
        IntStream.range(0, buffers.team().size())
            .mapToObj(member -> desk(buffers, member))
            .toList();
    int parts = Sizes.narrow(Sizes.multiply(sizes.batch(), sizes.keyHeads()));
    Team.Task heads =
        (part, member) -> {
          Desk desk = desks.get(member);
          long batch = part / sizes.keyHeads();
          int shared = part % sizes.keyHeads();
          long from = keys.at(batch, shared);
          int pitch = keys.pitch();
          MemorySegment to = desk.keys.panels().values();
          kernels.packTransposed(k, from, sizes.size(), sizes.total(), pitch, to, 0, desk.arrays);
          from = values.at(batch, shared);
          pitch = values.pitch();
          to = desk.values.panels().values();
          kernels.packPanels(v, from, sizes.total(), sizes.valueSize(), pitch, 1, to, 0);
          for (int i = 0; i < sizes.group(); i++) {
            head(buffers, batch, shared * sizes.group() + i, desk);
          }
        };
    Team.Task task = repeats() ? kernels.repeated(heads, parts, desks.size()) : heads;
    double nanos = parts * (2.0 * sizes.group() * ofHead() + Parts.packing(panelElements()));
    Team team = Parts.of(nanos, buffers.team().size()) == 1 ? Team.alone() : buffers.team();
    return () -> team.run(parts, task);
  }

  /** Whether heads ask kernels for the same whatever the inputs are. */
  private boolean repeats() {
    return op.softcap() == 0
        && !call.hasOutput(3)
        && !bias.hasLengths()
        && (!bias.hasMask() || bias.isPlain());
  }

  /** How long one of a head's two products takes. */
  private double ofHead() {
    return Parts.product(sizes.queries(), sizes.total(), sizes.size());
  }

  private double panelElements() {
    return (double) sizes.total() * (sizes.size() + sizes.valueSize());
  }

  private void head(Buffers buffers, long batch, int head, Desk desk) {
    int block = rows(sizes);
    for (int query = 0; query < sizes.queries(); query += block) {
      Cancellation.poll();
      block(buffers, batch, head, query, Math.min(block, sizes.queries() - query), desk);
    }
  }

  /** Some queries of a head, whose scores are gone before those of the next. */
  private void block(Buffers buffers, long batch, int head, int query, int rows, Desk desk) {
    int n = sizes.total();
    MemorySegment scores = desk.scores;
    long count = (long) rows * n;
    long from = sizes.at(batch, head, sizes.heads(), sizes.queries(), sizes.size());
    from += (long) query * sizes.pitch(sizes.heads(), sizes.size());
    kernels.multiply(desk.keys, from, 0, 0, 0, rows, 0, n, desk.arrays);
    weigh(buffers, batch, head, query, rows, desk);
    give(Attention.Scores.PROBABILITIES, buffers, batch, head, query, scores, count);
    long to = sizes.at(batch, head, sizes.heads(), sizes.queries(), sizes.valueSize());
    to += (long) query * sizes.pitch(sizes.heads(), sizes.valueSize());
    kernels.multiply(desk.values, 0, 0, to, 0, rows, 0, sizes.valueSize(), desk.arrays);
  }

  /** Makes weights of scores. */
  private void weigh(Buffers buffers, long batch, int head, int query, int rows, Desk desk) {
    int n = sizes.total();
    MemorySegment scores = desk.scores;
    long count = (long) rows * n;
    boolean masked = !bias.isNone() && n > 0;
    boolean atOnce = n > 0 && op.softcap() == 0 && !call.hasOutput(3);
    if (!atOnce) {
      scale(scores, count);
    }
    give(Attention.Scores.PRODUCTS, buffers, batch, head, query, scores, count);
    cap(scores, count);
    give(Attention.Scores.CAPPED, buffers, batch, head, query, scores, count);
    if (atOnce || masked) {
      float left = atOnce ? factor.get(JAVA_FLOAT_UNALIGNED, 0) : 1;
      mask(buffers, batch, head, query, rows, left, desk);
    }
    give(Attention.Scores.BIASED, buffers, batch, head, query, scores, count);
    if (n > 0) {
      kernels.softmax(scores, scores, rows, n, 1, false);
    }
    if (masked) {
      kernels.clearRows(desk.blind, scores, rows, n);
    }
  }

  private void give(
      Attention.Scores kind,
      Buffers buffers,
      long batch,
      int head,
      int query,
      MemorySegment scores,
      long count) {
    if (op.qkMatmulOutput() == kind && call.hasOutput(3)) {
      long row = (batch * sizes.heads() + head) * sizes.queries() + query;
      long at = row * sizes.total() * Float.BYTES;
      Memory.copy(scores, 0, buffers.output(3), at, count * Float.BYTES);
    }
  }

  private void scale(MemorySegment scores, long count) {
    kernels.binary(BinaryFunction.MUL, scores, 0, 1, factor, 0, 0, scores, 0, count);
  }

  private void cap(MemorySegment scores, long count) {
    float cap = op.softcap();
    for (long i = 0; cap > 0 && i < count; i++) {
      Cancellation.pollAt(i);
      float score = scores.getAtIndex(JAVA_FLOAT_UNALIGNED, i);
      scores.setAtIndex(JAVA_FLOAT_UNALIGNED, i, (float) (cap * Math.tanh(score / cap)));
    }
  }

  /** Scales scores and adds what hides keys; notes which queries see no key at all. */
  private void mask(
      Buffers buffers, long batch, int head, int query, int rows, float factor, Desk desk) {
    MemorySegment mask = null;
    long at = 0;
    long pitch = 0;
    if (bias.hasMask()) {
      at = bias.maskAt(batch, head, query);
      pitch = bias.maskPitch();
      mask = bias.isPlain() ? buffers.input(3) : desk.mask;
      if (!bias.isPlain()) {
        copyMask(buffers, batch, at, rows, desk);
        at = 0;
        pitch = sizes.total();
      }
    }
    kernels.maskKeys(
        desk.scores,
        rows,
        sizes.total(),
        factor,
        mask,
        bias.isTruth(),
        at,
        pitch,
        bias.first(buffers, batch, query),
        bias.firstStep(),
        bias.end(buffers, batch, query),
        bias.endStep(),
        bias.most(buffers, batch),
        desk.blind);
  }

  /** Makes floats of rows of a mask of another type. */
  private void copyMask(Buffers buffers, long batch, long from, int rows, Desk desk) {
    int n = sizes.total();
    int keys = bias.most(buffers, batch);
    for (int row = 0; row < rows; row++) {
      Cancellation.poll();
      for (int key = 0; key < keys; key++) {
        Cancellation.pollAt(key);
        float add = bias.mask(buffers, from + row * bias.maskPitch(), key);
        desk.mask.setAtIndex(JAVA_FLOAT_UNALIGNED, (long) row * n + key, add);
      }
    }
  }
}
