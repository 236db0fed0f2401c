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
 * Attention in float32: the scores of a head are one product of matrices, its output another.
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

  private static final MemorySegment HIDDEN =
      MemorySegment.ofArray(new float[] {Float.NEGATIVE_INFINITY}).asReadOnly();

  /** What each member of the team needs. */
  static long memberScratchBytes(AttentionSizes sizes, Kernels kernels) {
    long scores = Sizes.multiply(sizes.queries(), sizes.total());
    long panels =
        Sizes.add(
            kernels.panelElements(sizes.size(), sizes.total()),
            kernels.panelElements(sizes.total(), sizes.valueSize()));
    return Sizes.multiply(Float.BYTES, Sizes.add(Sizes.add(scores, panels), sizes.total()));
  }

  /**
   * The products of a head in the memory of one member.
   *
   * @param mask room for a row of it
   */
  private record Desk(
      Product keys,
      Product values,
      MemorySegment scores,
      MemorySegment mask,
      boolean[] blind,
      HotArrays arrays) {}

  private Desk desk(Buffers buffers, int member) {
    long keyBytes = kernels.panelElements(sizes.size(), sizes.total()) * Float.BYTES;
    long valueBytes = kernels.panelElements(sizes.total(), sizes.valueSize()) * Float.BYTES;
    MemorySegment scratch = buffers.scratch(member);
    MemorySegment keyPanels = scratch.asSlice(0, keyBytes);
    MemorySegment valuePanels = scratch.asSlice(keyBytes, valueBytes);
    int n = sizes.total();
    long scoreBytes = (long) sizes.queries() * n * Float.BYTES;
    MemorySegment scores = scratch.asSlice(keyBytes + valueBytes, scoreBytes);
    long maskAt = keyBytes + valueBytes + scoreBytes;
    MemorySegment mask = scratch.asSlice(maskAt, (long) n * Float.BYTES);
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
        new boolean[sizes.queries()],
        buffers.arrays(member));
  }

  /** A part is all that shares a head of keys. */
  Runnable bind(Buffers buffers, MemorySegment k, MemorySegment v) {
    List<Desk> desks =
        IntStream.range(0, buffers.team().size())
            .mapToObj(member -> desk(buffers, member))
            .toList();
    int parts = Sizes.narrow(Sizes.multiply(sizes.batch(), sizes.keyHeads()));
    Team.Task task =
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
    double nanos = parts * (2.0 * sizes.group() * ofHead() + Parts.packing(panelElements()));
    Team team = Parts.of(nanos, buffers.team().size()) == 1 ? Team.alone() : buffers.team();
    return () -> team.run(parts, task);
  }

  /** How long one of a head's two products takes. */
  private double ofHead() {
    return Parts.product(sizes.queries(), sizes.total(), sizes.size());
  }

  private double panelElements() {
    return (double) sizes.total() * (sizes.size() + sizes.valueSize());
  }

  private void head(Buffers buffers, long batch, int head, Desk desk) {
    Cancellation.poll();
    int m = sizes.queries();
    int n = sizes.total();
    MemorySegment scores = desk.scores;
    long from = sizes.at(batch, head, sizes.heads(), m, sizes.size());
    kernels.multiply(desk.keys, from, 0, 0, 0, m, 0, n, desk.arrays);
    scale(scores);
    give(Attention.Scores.PRODUCTS, buffers, batch, head, scores);
    cap(scores);
    give(Attention.Scores.CAPPED, buffers, batch, head, scores);
    if (!bias.isNone()) {
      addBias(buffers, batch, head, desk);
    }
    give(Attention.Scores.BIASED, buffers, batch, head, scores);
    if (n > 0) {
      softmax(scores, desk.blind);
    }
    give(Attention.Scores.PROBABILITIES, buffers, batch, head, scores);
    long to = sizes.at(batch, head, sizes.heads(), m, sizes.valueSize());
    kernels.multiply(desk.values, 0, 0, to, 0, m, 0, sizes.valueSize(), desk.arrays);
  }

  private void give(
      Attention.Scores kind, Buffers buffers, long batch, int head, MemorySegment scores) {
    if (op.qkMatmulOutput() == kind && call.hasOutput(3)) {
      long at = (batch * sizes.heads() + head) * scores.byteSize();
      Memory.copy(scores, 0, buffers.output(3), at, scores.byteSize());
    }
  }

  private void scale(MemorySegment scores) {
    long n = scores.byteSize() / Float.BYTES;
    kernels.binary(BinaryFunction.MUL, scores, 0, 1, factor, 0, 0, scores, 0, n);
  }

  private void cap(MemorySegment scores) {
    float cap = op.softcap();
    for (long at = 0; cap > 0 && at < scores.byteSize(); at += Float.BYTES) {
      Cancellation.pollAt(at / Float.BYTES);
      float score = scores.get(JAVA_FLOAT_UNALIGNED, at);
      scores.set(JAVA_FLOAT_UNALIGNED, at, (float) (cap * Math.tanh(score / cap)));
    }
  }

  /** Notes which queries see no key at all. */
  private void addBias(Buffers buffers, long batch, int head, Desk desk) {
    int n = sizes.total();
    MemorySegment scores = desk.scores;
    for (int query = 0; query < sizes.queries(); query++) {
      Cancellation.poll();
      int from = bias.from(buffers, batch, query);
      int to = Math.max(from, bias.to(buffers, batch, query));
      long row = (long) query * n;
      hide(scores, row, from);
      hide(scores, row + to, n - to);
      boolean sees = to > from;
      if (bias.hasMask() && sees) {
        sees = addMask(buffers, bias.maskAt(batch, head, query), row, from, to, desk);
      }
      desk.blind[query] = !sees || isHidden(scores, row, n);
    }
  }

  /** Adds a row of the mask. Whether it shows any key. */
  private boolean addMask(Buffers buffers, long maskAt, long row, int from, int to, Desk desk) {
    boolean shows = false;
    for (int key = from; key < to && !(shows && bias.isAdded()); key++) {
      Cancellation.pollAt(key);
      float add = bias.mask(buffers, maskAt, key);
      shows |= add != Float.NEGATIVE_INFINITY;
      desk.mask.setAtIndex(JAVA_FLOAT_UNALIGNED, key, add);
    }
    MemorySegment mask = bias.isAdded() ? buffers.input(3) : desk.mask;
    long at = bias.isAdded() ? maskAt + from : from;
    MemorySegment scores = desk.scores;
    long first = row + from;
    kernels.binary(
        BinaryFunction.ADD, scores, first, 1, mask, at, 1, scores, first, (long) to - from);
    return shows;
  }

  /** Adds minus infinity. */
  private void hide(MemorySegment scores, long from, long n) {
    if (n > 0) {
      kernels.binary(BinaryFunction.ADD, scores, from, 1, HIDDEN, 0, 0, scores, from, n);
    }
  }

  private static boolean isHidden(MemorySegment scores, long row, int n) {
    for (int key = 0; key < n; key++) {
      Cancellation.pollAt(key);
      if (scores.getAtIndex(JAVA_FLOAT_UNALIGNED, row + key) != Float.NEGATIVE_INFINITY) {
        return false;
      }
    }
    return true;
  }

  /** Rows of queries that see no key become zeros. */
  private void softmax(MemorySegment scores, boolean[] blind) {
    int n = sizes.total();
    kernels.softmax(scores, scores, sizes.queries(), n, 1, false);
    for (int query = 0; query < blind.length; query++) {
      Cancellation.pollAt(query);
      if (blind[query]) {
        Memory.fill(
            scores.asSlice((long) query * n * Float.BYTES, (long) n * Float.BYTES), (byte) 0);
      }
    }
  }
}
