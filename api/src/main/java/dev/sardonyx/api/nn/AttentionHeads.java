package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The work of {@link MultiheadAttention} on inputs [N, L or S, features]. */
final class AttentionHeads {
  private final int numHeads;
  private final MultiheadAttentionOptions options;
  private final AttentionWeights parameters;
  private final boolean training;

  AttentionHeads(
      int numHeads,
      MultiheadAttentionOptions options,
      AttentionWeights parameters,
      boolean training) {
    this.numHeads = numHeads;
    this.options = options;
    this.parameters = parameters;
    this.training = training;
  }

  /** Output [N, L, embedDim] and weights [N, heads, L, S]. */
  record Result(Tensor output, Tensor weights) {}

  Result attend(Tensor query, Tensor key, Tensor value, AttentionMasks masks) {
    List<Tensor> projected = parameters.project(List.of(query, key, value));
    Tensor q = projected.get(0);
    Tensor k = longer(projected.get(1), parameters.behind("bias_k"));
    Tensor v = longer(projected.get(2), parameters.behind("bias_v"));
    int more = (options.addBiasKv() ? 1 : 0) + (options.addZeroAttn() ? 1 : 0);
    Tensor weights =
        Attention.weights(
            split(q), split(k), masks.added(more).orElse(null), OptionalDouble.empty());
    Tensor dropped = Functional.dropout(weights, options.dropout(), training);
    Tensor joined = dropped.matmul(split(v)).transpose(1, 2);
    List<Dim> dims = List.of(q.size(0), q.size(1), q.size(2));
    return new Result(parameters.outProj().forward(joined.reshape(dims)), weights);
  }

  /** Keys or values with the learned one and the zeros behind them, in this order. */
  private Tensor longer(Tensor x, @Nullable Tensor learned) {
    Tensor longer = learned == null ? x : Tensor.cat(List.of(x, forAll(learned, x)), 1);
    if (!options.addZeroAttn()) {
      return longer;
    }
    return Tensor.cat(List.of(longer, forAll(Tensor.zeros(1, 1, x.size(2).fixed()), x)), 1);
  }

  /** [1, 1, E] for each sample. */
  private static Tensor forAll(Tensor one, Tensor x) {
    return one.expand(List.of(x.size(0), Dim.of(1), x.size(2)));
  }

  /** [N, L, E] -> [N, heads, L, E / heads]. */
  private Tensor split(Tensor x) {
    return x.unflatten(-1, numHeads, x.size(2).fixed() / numHeads).transpose(1, 2);
  }
}
