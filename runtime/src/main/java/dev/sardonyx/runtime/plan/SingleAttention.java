package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.sardonyx.api.op.Attention;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Memory;
import java.lang.foreign.MemorySegment;

/** Attention in float32: the scores of a head are one product of matrices, its output another. */
record SingleAttention(
    Attention op,
    Call call,
    AttentionSizes sizes,
    AttentionBias bias,
    AttentionCache keys,
    AttentionCache values,
    Kernels kernels) {

  static long scratchBytes(AttentionSizes sizes, Kernels kernels) {
    long scores = Sizes.multiply(sizes.queries(), sizes.total());
    long panels =
        Sizes.add(
            kernels.panelElements(sizes.size(), sizes.total()),
            kernels.panelElements(sizes.total(), sizes.valueSize()));
    return Sizes.multiply(Float.BYTES, Sizes.add(scores, panels));
  }

  Runnable bind(Buffers buffers, MemorySegment k, MemorySegment v) {
    long panelBytes = kernels.panelElements(sizes.size(), sizes.total()) * Float.BYTES;
    long valueBytes = kernels.panelElements(sizes.total(), sizes.valueSize()) * Float.BYTES;
    MemorySegment scratch = buffers.scratch();
    MemorySegment keyPanels = scratch.asSlice(0, panelBytes);
    MemorySegment valuePanels = scratch.asSlice(panelBytes, valueBytes);
    MemorySegment scores =
        scratch.asSlice(
            panelBytes + valueBytes, (long) sizes.queries() * sizes.total() * Float.BYTES);
    boolean[] blind = new boolean[sizes.queries()];
    return () -> {
      for (long batch = 0; batch < sizes.batch(); batch++) {
        for (int head = 0; head < sizes.heads(); head++) {
          Cancellation.poll();
          int shared = head / sizes.group();
          if (head % sizes.group() == 0) {
            long from = keys.at(batch, shared);
            int pitch = keys.pitch();
            kernels.packPanels(k, from, sizes.size(), sizes.total(), 1, pitch, keyPanels, 0);
            from = values.at(batch, shared);
            pitch = values.pitch();
            kernels.packPanels(v, from, sizes.total(), sizes.valueSize(), pitch, 1, valuePanels, 0);
          }
          head(buffers, batch, head, keyPanels, valuePanels, scores, blind);
        }
      }
    };
  }

  private void head(
      Buffers buffers,
      long batch,
      int head,
      MemorySegment keyPanels,
      MemorySegment valuePanels,
      MemorySegment scores,
      boolean[] blind) {
    int m = sizes.queries();
    int n = sizes.total();
    long from = sizes.at(batch, head, sizes.heads(), m, sizes.size());
    int lda = sizes.pitch(sizes.heads(), sizes.size());
    kernels.gemm(
        m, n, sizes.size(), buffers.input(0), from, lda, keyPanels, 0, scores, 0, n, Epilogue.NONE);
    scale(scores);
    give(Attention.Scores.PRODUCTS, buffers, batch, head, scores);
    cap(scores);
    give(Attention.Scores.CAPPED, buffers, batch, head, scores);
    if (!bias.isNone()) {
      addBias(buffers, batch, head, scores, blind);
    }
    give(Attention.Scores.BIASED, buffers, batch, head, scores);
    if (n > 0) {
      softmax(scores, blind);
    }
    give(Attention.Scores.PROBABILITIES, buffers, batch, head, scores);
    long to = sizes.at(batch, head, sizes.heads(), m, sizes.valueSize());
    int ldc = sizes.pitch(sizes.heads(), sizes.valueSize());
    kernels.gemm(
        m,
        sizes.valueSize(),
        n,
        scores,
        0,
        n,
        valuePanels,
        0,
        buffers.output(),
        to,
        ldc,
        Epilogue.NONE);
  }

  private void give(
      Attention.Scores kind, Buffers buffers, long batch, int head, MemorySegment scores) {
    if (op.qkMatmulOutput() == kind && call.hasOutput(3)) {
      long at = (batch * sizes.heads() + head) * scores.byteSize();
      Memory.copy(scores, 0, buffers.output(3), at, scores.byteSize());
    }
  }

  private void scale(MemorySegment scores) {
    float scale = (float) PlainAttention.scale(op, sizes);
    for (long at = 0; at < scores.byteSize(); at += Float.BYTES) {
      Cancellation.pollAt(at / Float.BYTES);
      scores.set(JAVA_FLOAT_UNALIGNED, at, scores.get(JAVA_FLOAT_UNALIGNED, at) * scale);
    }
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
