package dev.sardonyx.api.nn;

import dev.sardonyx.api.op.Recurrence;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Gated recurrent unit: gates r, z; n = tanh(of x + r * of h); h' = (1 - z) * n + z * h. Shapes as
 * {@link RecurrentLayer} has them. Source: torch.nn.GRU.
 */
public final class GRU extends RecurrentLayer {

  /**
   * What forward gives.
   *
   * @param output the state of the last layer after each step
   * @param hidden the final state of each layer and direction
   */
  public record Output(Tensor output, Tensor hidden) {}

  /** One layer. Errors: ARGUMENT below 1. */
  public GRU(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, options -> options);
  }

  /** With options. Errors: ARGUMENT. */
  public GRU(int inputSize, int hiddenSize, UnaryOperator<RecurrentOptions> options) {
    super("GRU", inputSize, hiddenSize, options, 1, 0, 2);
  }

  /** From a state of zeros. Errors: SHAPE. */
  public Output forward(Tensor x) {
    return output(run(x, List.of()));
  }

  /** From a given state. Errors: SHAPE. */
  public Output forward(Tensor x, Tensor hidden) {
    return output(run(x, List.of(hidden)));
  }

  private static Output output(List<Tensor> tensors) {
    return new Output(tensors.get(0), tensors.get(1));
  }

  @Override
  RecurrentOp op(Recurrence recurrence) {
    return new RecurrentOp.GRU(recurrence, true);
  }
}
