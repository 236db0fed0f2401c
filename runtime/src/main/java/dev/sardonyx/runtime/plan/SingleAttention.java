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

  /** What each member of the team needs. */
  static long memberScratchBytes(AttentionSizes sizes, Kernels kernels) {
    long scores = Sizes.multiply(sizes.queries(), sizes.total());
    long panels =
        Sizes.add(
            kernels.panelElements(sizes.size(), sizes.total()),
            kernels.panelElements(sizes.total(), sizes.valueSize()));
    return Sizes.multiply(Float.BYTES, Sizes.add(scores, panels));
  }

  /** The products of a head in the memory of one member. */
  private record Desk(
      Product keys, Product values, MemorySegment scores, boolean[] blind, HotArrays arrays) {}

  private Desk desk(Buffers buffers, int member) {
    long keyBytes = kernels.panelElements(sizes.size(), sizes.total()) * Float.BYTES;
    long valueBytes = kernels.panelElements(sizes.total(), sizes.valueSize()) * Float.BYTES;
    MemorySegment scratch = buffers.scratch(member);
    MemorySegment keyPanels = scratch.asSlice(0, keyBytes);
    MemorySegment valuePanels = scratch.asSlice(keyBytes, valueBytes);
    int n = sizes.total();
    MemorySegment scores =
        scratch.asSlice(keyBytes + valueBytes, (long) sizes.queries() * n * Float.BYTES);
    int lda = sizes.pitch(sizes.heads(), sizes.size());
    int ldc = sizes.pitch(sizes.heads(), sizes.valueSize());
    var queries = new MatrixRows(buffers.input(0), lda, Float.BYTES);
    var weights = new MatrixRows(scores, n, Float.BYTES);
    return new Desk(
        new Product(n, sizes.size(), queries, keyPanels, scores, n, Epilogue.NONE),
        new Product(
            sizes.valueSize(), n, weights, valuePanels, buffers.output(), ldc, Epilogue.NONE),
        scores,
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
          kernels.packPanels(k, from, sizes.size(), sizes.total(), 1, pitch, to, 0);
          from = values.at(batch, shared);
          pitch = values.pitch();
          to = desk.values.panels().values();
          kernels.packPanels(v, from, sizes.total(), sizes.valueSize(), pitch, 1, to, 0);
          for (int i = 0; i < sizes.group(); i++) {
            head(buffers, batch, shared * sizes.group() + i, desk);
          }
        };
    return () -> buffers.team().run(parts, task);
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
      addBias(buffers, batch, head, scores, desk.blind);
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
  private void addBias(
      Buffers buffers, long batch, int head, MemorySegment scores, boolean[] blind) {
    int n = sizes.total();
    for (int query = 0; query < sizes.queries(); query++) {
      Cancellation.poll();
      boolean nothing = true;
      boolean hidden = true;
      for (int key = 0; key < n; key++) {
        Cancellation.pollAt(key);
        float add = (float) bias.at(buffers, batch, head, query, key);
        long at = ((long) query * n + key) * Float.BYTES;
        float sum = scores.get(JAVA_FLOAT_UNALIGNED, at) + add;
        scores.set(JAVA_FLOAT_UNALIGNED, at, sum);
        nothing &= add == Float.NEGATIVE_INFINITY;
        hidden &= sum == Float.NEGATIVE_INFINITY;
      }
      blind[query] = nothing || hidden;
    }
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
