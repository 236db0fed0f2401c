package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Attention;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Team;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Attention of one query in float32, as when tokens are generated: keys and values are read where
 * they lie, once, all heads in a few calls.
 */
record SingleQueryAttention(
    Attention op,
    AttentionSizes sizes,
    AttentionBias bias,
    AttentionCache keys,
    AttentionCache values,
    Kernels kernels) {

  /** Whether there is nothing else to be done than kernels do. */
  static boolean takes(
      Attention op, Call call, AttentionSizes sizes, AttentionBias bias, Kernels kernels) {
    return kernels.hasRowVectors()
        && sizes.queries() == 1
        && sizes.total() > 0
        && sizes.size() > 0
        && sizes.valueSize() > 0
        && op.softcap() == 0
        && !call.hasOutput(3)
        && (!bias.hasMask() || bias.isPlain());
  }

  /** What each member of the team needs: scores of all heads, and which of them see nothing. */
  static long memberScratchBytes(AttentionSizes sizes) {
    long scores = Sizes.multiply(Float.BYTES, Sizes.multiply(sizes.heads(), sizes.total()));
    return Sizes.add(AttentionCache.align(scores), (long) sizes.heads() * Long.BYTES);
  }

  /** A part is a sample, or all of it that shares a head of keys. */
  Runnable bind(Buffers buffers, MemorySegment k, MemorySegment v) {
    double products = (double) sizes.total() * (sizes.size() + sizes.valueSize());
    double nanos = sizes.batch() * sizes.heads() * Parts.product(1, products, 1);
    boolean alone = Parts.of(nanos, buffers.team().size()) == 1;
    int each = alone && sizes.group() == 1 ? 1 : sizes.keyHeads();
    int parts = Sizes.narrow(Sizes.multiply(sizes.batch(), each));
    int count = sizes.heads() / each;
    List<Desk> desks =
        IntStream.range(0, buffers.team().size())
            .mapToObj(member -> desk(buffers.scratch(member), count))
            .toList();
    Team.Task heads =
        (part, member) -> attend(buffers, k, v, part / each, part % each, count, desks.get(member));
    Team.Task task = bias.hasLengths() ? heads : kernels.repeated(heads, parts, desks.size());
    Team team = alone ? Team.alone() : buffers.team();
    return () -> team.run(parts, task);
  }

  /** Scores of some heads, and which of these see no key. */
  private record Desk(MemorySegment scores, MemorySegment blind) {}

  private Desk desk(MemorySegment scratch, int count) {
    long bytes = (long) count * sizes.total() * Float.BYTES;
    long blindAt = AttentionCache.align(bytes);
    return new Desk(scratch.asSlice(0, bytes), scratch.asSlice(blindAt, (long) count * Long.BYTES));
  }

  /** Some heads from the first one that shares a head of keys. */
  private void attend(
      Buffers buffers,
      MemorySegment k,
      MemorySegment v,
      long batch,
      int shared,
      int count,
      Desk desk) {
    int n = sizes.total();
    int head = shared * sizes.group();
    boolean all = count == sizes.keyHeads() && sizes.group() == 1;
    MemorySegment scores = desk.scores;
    kernels.dotRows(
        buffers.input(0),
        sizes.at(batch, head, sizes.heads(), 1, sizes.size()),
        sizes.size(),
        k,
        keys.at(batch, shared),
        all ? keys.at(batch, 1) - keys.at(batch, 0) : 0,
        keys.pitch(),
        n,
        sizes.size(),
        scores,
        0,
        n,
        count);
    weigh(buffers, batch, head, count, scores, desk.blind);
    kernels.sumRows(
        scores,
        0,
        n,
        v,
        values.at(batch, shared),
        all ? values.at(batch, 1) - values.at(batch, 0) : 0,
        values.pitch(),
        n,
        sizes.valueSize(),
        buffers.output(),
        sizes.at(batch, head, sizes.heads(), 1, sizes.valueSize()),
        sizes.valueSize(),
        count);
  }

  private void weigh(
      Buffers buffers, long batch, int head, int count, MemorySegment scores, MemorySegment blind) {
    int n = sizes.total();
    kernels.maskKeys(
        scores,
        count,
        n,
        (float) PlainAttention.scale(op, sizes),
        bias.hasMask() ? buffers.input(3) : null,
        bias.isTruth(),
        bias.maskAt(batch, head, 0),
        bias.maskHeadPitch(),
        bias.first(buffers, batch, 0),
        0,
        bias.end(buffers, batch, 0),
        0,
        bias.most(buffers, batch),
        blind);
    kernels.softmax(scores, scores, count, n, 1, false);
    if (!bias.isNone()) {
      kernels.clearRows(blind, scores, count, n);
    }
  }
}
