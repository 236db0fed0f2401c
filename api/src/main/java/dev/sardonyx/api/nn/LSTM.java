package dev.sardonyx.api.nn;

import dev.sardonyx.api.op.Recurrence;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Long short-term memory: gates i, f, g, o; c' = f * c + i * g; h' = o * tanh(c'). Shapes as {@link
 * RecurrentLayer} has them. Source: torch.nn.LSTM, without proj_size.
 */
public final class LSTM extends RecurrentLayer {

  /**
   * What forward gives.
   *
   * @param output the state h of the last layer after each step
   * @param hidden the final h of each layer and direction
   * @param cell the final c of each layer and direction
   */
  public record Output(Tensor output, Tensor hidden, Tensor cell) {}

  /** One layer. Errors: ARGUMENT below 1. */
  public LSTM(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, options -> options);
  }

  /** With options. Errors: ARGUMENT. */
  public LSTM(int inputSize, int hiddenSize, UnaryOperator<RecurrentOptions> options) {
    super("LSTM", inputSize, hiddenSize, options, 0, 3, 1, 2);
  }

  /** From states of zeros. Errors: SHAPE. */
  public Output forward(Tensor x) {
    return output(run(x, List.of()));
  }

  /** From given states. Errors: SHAPE. */
  public Output forward(Tensor x, Tensor hidden, Tensor cell) {
    return output(run(x, List.of(hidden, cell)));
  }

  private static Output output(List<Tensor> tensors) {
    return new Output(tensors.get(0), tensors.get(1), tensors.get(2));
  }

  @Override
  RecurrentOp op(Recurrence recurrence) {
    return new RecurrentOp.LSTM(recurrence, false);
  }
}
