package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/**
 * One step of {@link LSTM}. Shapes as {@link RecurrentCell} has them. Source: torch.nn.LSTMCell.
 */
public final class LSTMCell extends RecurrentCell {

  /** The next states h and c. */
  public record Output(Tensor hidden, Tensor cell) {}

  /** With biases. Errors: ARGUMENT below 1. */
  public LSTMCell(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, true);
  }

  /** With or without biases. Errors: ARGUMENT below 1. */
  public LSTMCell(int inputSize, int hiddenSize, boolean bias) {
    super("LSTMCell", inputSize, hiddenSize, bias, 4);
  }

  /** The states after states of zeros. Errors: SHAPE. */
  public Output forward(Tensor x) {
    return forward(x, zeros(), zeros());
  }

  /** The next states. Errors: SHAPE. */
  public Output forward(Tensor x, Tensor hidden, Tensor cell) {
    List<Tensor> states = run(x, List.of(hidden, cell));
    return new Output(states.get(0), states.get(1));
  }

  /** Gates i, f, g, o. */
  @Override
  List<Tensor> step(List<Tensor> ofInput, List<Tensor> ofState, List<Tensor> states) {
    Tensor input = Functional.sigmoid(ofInput.get(0).add(ofState.get(0)));
    Tensor forget = Functional.sigmoid(ofInput.get(1).add(ofState.get(1)));
    Tensor candidate = Functional.tanh(ofInput.get(2).add(ofState.get(2)));
    Tensor output = Functional.sigmoid(ofInput.get(3).add(ofState.get(3)));
    Tensor cell = forget.mul(states.get(1)).add(input.mul(candidate));
    return List.of(output.mul(Functional.tanh(cell)), cell);
  }
}
