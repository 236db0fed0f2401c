package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.Attention;

/**
 * The sizes of an attention and where its heads lie.
 *
 * @param keys the length of K and V as given, without the past
 * @param size of a head of Q and K
 * @param valueSize of a head of V
 * @param split whether inputs have an axis of heads, else all heads of a token are side by side
 */
record AttentionSizes(
    long batch,
    int heads,
    int keyHeads,
    int queries,
    long past,
    long keys,
    int size,
    int valueSize,
    boolean split) {

  static AttentionSizes of(Attention op, Call call) {
    long[] q = call.sizes(0);
    long[] k = call.sizes(1);
    long[] v = call.sizes(2);
    long past = call.has(4) ? call.sizes(4)[2] : 0;
    if (q.length == 4) {
      return new AttentionSizes(
          q[0],
          Sizes.narrow(q[1]),
          Sizes.narrow(k[1]),
          Sizes.narrow(q[2]),
          past,
          k[2],
          Sizes.narrow(q[3]),
          Sizes.narrow(v[3]),
          true);
    }
    return new AttentionSizes(
        q[0],
        op.qNumHeads(),
        op.kvNumHeads(),
        Sizes.narrow(q[1]),
        past,
        k[1],
        Sizes.narrow(q[2] / op.qNumHeads()),
        Sizes.narrow(v[2] / op.kvNumHeads()),
        false);
  }

  /** The number of keys that are attended, the past ones included. */
  int total() {
    return Sizes.narrow(past + keys);
  }

  /** Query heads for each key head. */
  int group() {
    return heads / keyHeads;
  }

  /** Elements from one token of a head to the next, of that many heads of a size. */
  int pitch(int heads, int size) {
    return split ? size : Sizes.narrow(Sizes.multiply(heads, size));
  }

  /** Where a head begins in a tensor of that many heads, of a length and a size. */
  long at(long batch, int head, int heads, long length, int size) {
    return split ? (batch * heads + head) * length * size : (batch * length * heads + head) * size;
  }
}
