package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.tensor.Generator;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import java.util.List;
import java.util.stream.LongStream;

/** What elementwise functions need beyond one operator. */
final class Activations {
  private Activations() {}

  /** PReLU's weight in the shape that broadcasts along dim 1. */
  static Tensor slope(Tensor x, Tensor weight) {
    Arguments.requireShape("prelu", "Weight", weight, "num_parameters");
    if (weight.size(0).equals(Dim.of(1))) {
      return Arguments.hasRank(x, 0) ? weight.squeeze(0) : weight;
    }
    String expected = "[N, " + weight.size(0) + ", ...]";
    String words =
        "prelu with " + weight.size(0) + " slopes expects " + expected + ", found " + x.type();
    if (x.rank() < 2) {
      throw Arguments.rankError("prelu", expected, x, words);
    }
    if (x.size(1).differsFrom(weight.size(0))) {
      throw Arguments.sizeError("prelu", "NumParameters", weight.size(0), x, 1, words);
    }
    return alongChannels(weight, x.rank());
  }

  /** A vector as [C, 1, ...], so that it broadcasts along dim 1 of a tensor of this rank. */
  static Tensor alongChannels(Tensor vector, int rank) {
    long[] axes = LongStream.range(1, rank - 1L).toArray();
    return axes.length == 0
        ? vector
        : Operations.apply(new AxesOp.Unsqueeze(), vector, Tensor.of(axes, axes.length));
  }

  /** Source: torch softplus; what is above the threshold is x to all digits where that is large. */
  static Tensor softplus(Tensor x, double beta, double threshold) {
    if (beta == 1 && threshold >= 20 && x.dtype() != DType.FLOAT64) {
      return Operations.apply(new ActivationOp.Softplus(), x);
    }
    Tensor scaled = x.mul(beta);
    Tensor curved = Operations.apply(new ActivationOp.Softplus(), scaled).div(beta);
    return x.where(scaled.gt(threshold), curved);
  }

  /** Source: torch glu. */
  static Tensor glu(Tensor x, int dim) {
    Dim size = x.size(dim);
    if (size.isFixed() && size.fixed() % 2 != 0) {
      throw Mismatch.of("Split", "glu", "an even size", size)
          .withArgument("dim")
          .withType(x.type())
          .error("glu expects an even size of dim " + dim + ", found " + x.type());
    }
    List<Tensor> halves = x.chunk(2, dim);
    return halves.get(0).mul(halves.get(1).sigmoid());
  }

  /** Source: torch dropout: a mask of 0 and 1 / (1 - p), drawn from the default generator. */
  static Tensor dropped(Tensor x, double p) {
    if (Operations.isTracing()) {
      throw new SardonyxException(
          ErrorCode.MODEL, "dropout in training mode cannot be traced: its mask would be fixed");
    }
    float kept = p == 1 ? 0f : 1f / (float) (1 - p);
    return x.mul(Generator.defaultGenerator().bernoulli(x.shape(), 1 - p, kept));
  }
}
