package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/** One step of {@link GRU}. Shapes as {@link RecurrentCell} has them. Source: torch.nn.GRUCell. */
public final class GRUCell extends RecurrentCell {

  /** With biases. Errors: ARGUMENT below 1. */
  public GRUCell(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, true);
  }

  /** With or without biases. Errors: ARGUMENT below 1. */
  public GRUCell(int inputSize, int hiddenSize, boolean bias) {
    super("GRUCell", inputSize, hiddenSize, bias, 3);
  }

  /** The state after a state of zeros. Errors: SHAPE. */
  public Tensor forward(Tensor x) {
    return forward(x, zeros());
  }

  /** The next state. Errors: SHAPE. */
  public Tensor forward(Tensor x, Tensor hidden) {
    return run(x, List.of(hidden)).getFirst();
  }

  /** Gates r, z, n. */
  @Override
  List<Tensor> step(List<Tensor> ofInput, List<Tensor> ofState, List<Tensor> states) {
    Tensor reset = Functional.sigmoid(ofInput.get(0).add(ofState.get(0)));
    Tensor update = Functional.sigmoid(ofInput.get(1).add(ofState.get(1)));
    Tensor candidate = Functional.tanh(ofInput.get(2).add(reset.mul(ofState.get(2))));
    return List.of(candidate.add(update.mul(states.getFirst().sub(candidate))));
  }
}
