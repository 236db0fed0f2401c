package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a recurrent layer. Shapes: input [N, inputSize] or [inputSize], each state [N,
 * hiddenSize] or [hiddenSize]. Source: torch.nn.modules.rnn.RNNCellBase.
 */
public abstract sealed class RecurrentCell implements NnModule permits RNNCell, LSTMCell, GRUCell {
  private final String name;
  private final int inputSize;
  private final int hiddenSize;
  private final int gates;
  private final Parameter weightIh;
  private final Parameter weightHh;
  private final @Nullable Parameter biasIh;
  private final @Nullable Parameter biasHh;

  RecurrentCell(String name, int inputSize, int hiddenSize, boolean bias, int gates) {
    Arguments.requireAtLeast(name, "inputSize", inputSize, 1);
    Arguments.requireAtLeast(name, "hiddenSize", hiddenSize, 1);
    this.name = name;
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    this.gates = gates;
    int rows = Math.multiplyExact(gates, hiddenSize);
    double bound = 1 / Math.sqrt(hiddenSize);
    weightIh = Initialization.within(Shape.of(rows, inputSize), bound);
    weightHh = Initialization.within(Shape.of(rows, hiddenSize), bound);
    biasIh = bias ? Initialization.within(Shape.of(rows), bound) : null;
    biasHh = bias ? Initialization.within(Shape.of(rows), bound) : null;
  }

  /** A state where none is given: it broadcasts to any batch. */
  final Tensor zeros() {
    return Tensor.zeros(hiddenSize);
  }

  /**
   * The next states.
   *
   * @param ofInput x * weight_ih' + bias_ih for each gate
   * @param ofState h * weight_hh' + bias_hh for each gate
   */
  abstract List<Tensor> step(List<Tensor> ofInput, List<Tensor> ofState, List<Tensor> states);

  final List<Tensor> run(Tensor x, List<Tensor> states) {
    List<Tensor> inputs = new ArrayList<>(states);
    inputs.addFirst(x);
    return Operations.inModule(this, inputs, () -> checked(x, states));
  }

  private List<Tensor> checked(Tensor x, List<Tensor> states) {
    Arguments.requireShape(name, "InputSize", x, "N, " + inputSize, "" + inputSize);
    Arguments.requireDType(name, x, weightIh.dtype());
    for (Tensor state : states) {
      Arguments.requireShape(name, "HiddenSize", state, "N, " + hiddenSize, "" + hiddenSize);
    }
    Tensor ofInput = Functional.linear(x, weightIh, biasIh);
    Tensor ofState = Functional.linear(states.getFirst(), weightHh, biasHh);
    return step(ofInput.chunk(gates, -1), ofState.chunk(gates, -1), states);
  }

  @Override
  public Structure structure() {
    return Structure.of(name)
        .add("weight_ih", weightIh)
        .add("weight_hh", weightHh)
        .add("bias_ih", biasIh)
        .add("bias_hh", biasHh);
  }

  @Override
  public String extraRepr() {
    return inputSize + ", " + hiddenSize + (biasIh == null ? ", bias=False" : "");
  }
}
