package dev.sardonyx.api.nn;

import dev.sardonyx.api.op.Recurrence;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * h' = f(x * weight_ih' + bias_ih + h * weight_hh' + bias_hh), with f tanh or relu. Shapes as
 * {@link RecurrentLayer} has them. Source: torch.nn.RNN.
 */
public final class RNN extends RecurrentLayer {
  private final Nonlinearity nonlinearity;
  private final int directions;

  /** What the new state goes through. */
  public enum Nonlinearity {
    TANH,
    RELU
  }

  /**
   * What forward gives.
   *
   * @param output the state of the last layer after each step
   * @param hidden the final state of each layer and direction
   */
  public record Output(Tensor output, Tensor hidden) {}

  /** One layer with tanh. Errors: ARGUMENT below 1. */
  public RNN(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, options -> options);
  }

  /** With tanh and options. Errors: ARGUMENT. */
  public RNN(int inputSize, int hiddenSize, UnaryOperator<RecurrentOptions> options) {
    this(inputSize, hiddenSize, Nonlinearity.TANH, options);
  }

  /** With tanh or relu, and options. Errors: ARGUMENT. */
  public RNN(
      int inputSize,
      int hiddenSize,
      Nonlinearity nonlinearity,
      UnaryOperator<RecurrentOptions> options) {
    super("RNN", inputSize, hiddenSize, options, 0);
    this.nonlinearity = nonlinearity;
    directions = options.apply(RecurrentOptions.defaults()).directions();
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
    return new RecurrentOp.RNN(
        switch (nonlinearity) {
          case TANH -> recurrence;
          case RELU -> recurrence.withActivations(Collections.nCopies(directions, "Relu"));
        });
  }
}
