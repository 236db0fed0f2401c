package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

/** One step of {@link RNN}. Shapes as {@link RecurrentCell} has them. Source: torch.nn.RNNCell. */
public final class RNNCell extends RecurrentCell {
  private final RNN.Nonlinearity nonlinearity;

  /** With biases and tanh. Errors: ARGUMENT below 1. */
  public RNNCell(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, true, RNN.Nonlinearity.TANH);
  }

  /** With or without biases, with tanh or relu. Errors: ARGUMENT below 1. */
  public RNNCell(int inputSize, int hiddenSize, boolean bias, RNN.Nonlinearity nonlinearity) {
    super("RNNCell", inputSize, hiddenSize, bias, 1);
    this.nonlinearity = nonlinearity;
  }

  /** The state after a state of zeros. Errors: SHAPE. */
  public Tensor forward(Tensor x) {
    return forward(x, zeros());
  }

  /** The next state. Errors: SHAPE. */
  public Tensor forward(Tensor x, Tensor hidden) {
    return run(x, List.of(hidden)).getFirst();
  }

  @Override
  List<Tensor> step(List<Tensor> ofInput, List<Tensor> ofState, List<Tensor> states) {
    Tensor sum = ofInput.getFirst().add(ofState.getFirst());
    return List.of(
        switch (nonlinearity) {
          case TANH -> Functional.tanh(sum);
          case RELU -> Functional.relu(sum);
        });
  }

  @Override
  public String extraRepr() {
    boolean tanh = nonlinearity == RNN.Nonlinearity.TANH;
    return super.extraRepr() + (tanh ? "" : ", nonlinearity=relu");
  }
}
