package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.RotaryEmbedding;

/** Pairs of elements turned by their token's angles. Source: ONNX RotaryEmbedding. */
final class Rotations {
  private Rotations() {}

  /** Inputs: X, cos_cache, sin_cache, optionally position_ids. */
  static Exact of(RotaryEmbedding op, Operands in) {
    Exact x = in.get(0);
    long[] sizes = x.sizes();
    boolean split = sizes.length == 4;
    long heads = split ? sizes[1] : op.numHeads();
    long sequence = split ? sizes[2] : sizes[1];
    long size = split ? sizes[3] : sizes[2] / heads;
    long turned = op.rotaryEmbeddingDim() == 0 ? size : op.rotaryEmbeddingDim();
    long half = turned / 2;
    return Exact.real(
        in.type(),
        10,
        index -> {
          long i = index % size;
          if (i >= turned) {
            return x.at(index);
          }
          long token = split ? index / size % sequence : index / size / heads % sequence;
          long batch = index / size / heads / sequence;
          long row = batch * sequence + token;
          long place = in.has(3) ? in.get(3).wholeAt(row) : row;
          long pair = op.interleaved() ? i / 2 : i % half;
          boolean second = op.interleaved() ? i % 2 == 1 : i >= half;
          long step = op.interleaved() ? 1 : half;
          double cosine = in.get(1).at(place * half + pair);
          double sine = in.get(2).at(place * half + pair);
          return second
              ? sine * x.at(index - step) + cosine * x.at(index)
              : cosine * x.at(index) - sine * x.at(index + step);
        });
  }
}
