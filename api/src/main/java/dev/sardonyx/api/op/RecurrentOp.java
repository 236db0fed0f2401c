package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.ValueType;
import java.util.List;

/**
 * Layers that carry a state from step to step. Inputs: X (steps, batch, input), W (directions,
 * gates * hidden, input), R (directions, gates * hidden, hidden); optionally B (directions, 2 *
 * gates * hidden), sequence_lens (batch), initial_h (directions, batch, hidden). Outputs, each of
 * which a node may leave out: Y (steps, directions, batch, hidden), Y_h (directions, batch,
 * hidden).
 */
public sealed interface RecurrentOp extends Op {

  /** What all of them have. */
  Recurrence recurrence();

  /** How many matrices W and R are made of. */
  int gates();

  /** How many activations a direction has. */
  List<String> ownActivations();

  /** The activations of all directions, one direction after the other. */
  default List<String> activations() {
    return recurrence().activations(ownActivations());
  }

  @Override
  default int sinceOpset() {
    return recurrence().sinceOpset();
  }

  @Override
  default Dim multiplyAdds(Inputs in, List<ValueType> outputs) {
    int hidden = recurrence().hiddenSize();
    Dim x = in.tensor(0, "X").shape().elements();
    Dim rows = in.tensor(0, "X").shape().product(0, 2);
    Dim perRow = Dim.of((long) gates() * hidden * recurrence().direction().count());
    return x.plus(rows.times(Dim.of(hidden))).times(perRow);
  }

  /** H = f(X * W' + H * R' + B). Source: ONNX RNN. */
  record RNN(Recurrence recurrence) implements RecurrentOp {
    private static final List<String> OWN = List.of("Tanh");

    @Override
    public String name() {
      return "RNN";
    }

    @Override
    public int gates() {
      return 1;
    }

    @Override
    public List<String> ownActivations() {
      return OWN;
    }

    @Override
    public Attributes attributes() {
      return recurrence.attributes();
    }

    static RNN read(Attributes attributes) {
      return new RNN(Recurrence.read(common(attributes, ""), OWN));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return recurrence.infer(in.requireCount(3, 6), 1, 1);
    }
  }

  /**
   * Long short-term memory with gates in the order i, o, f, c. It also takes initial_c, of
   * initial_h's shape, and P (directions, 3 * hidden) with peepholes of i, o, f, and also gives
   * Y_c. Source: ONNX LSTM.
   *
   * @param inputForget whether f is 1 - i
   */
  record LSTM(Recurrence recurrence, boolean inputForget) implements RecurrentOp {
    private static final List<String> OWN = List.of("Sigmoid", "Tanh", "Tanh");

    @Override
    public String name() {
      return "LSTM";
    }

    @Override
    public int gates() {
      return 4;
    }

    @Override
    public List<String> ownActivations() {
      return OWN;
    }

    @Override
    public Attributes attributes() {
      return recurrence
          .attributes()
          .with("input_forget", Attribute.of(inputForget), Attribute.of(false));
    }

    static LSTM read(Attributes attributes) {
      return new LSTM(
          Recurrence.read(common(attributes, "input_forget"), OWN),
          attributes.bool("input_forget", false));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      List<ValueType> result = recurrence.infer(in.requireCount(3, 8), 4, 2);
      Dim directions = Dim.of(recurrence.direction().count());
      in.sameDType(0, 7);
      Recurrence.require(in, 7, "P", List.of(directions, Dim.of(3L * recurrence.hiddenSize())));
      return result;
    }
  }

  /**
   * Gated recurrent unit with gates in the order z, r, h. Source: ONNX GRU.
   *
   * @param linearBeforeReset whether r is applied after the product with R, as PyTorch does
   */
  record GRU(Recurrence recurrence, boolean linearBeforeReset) implements RecurrentOp {
    private static final List<String> OWN = List.of("Sigmoid", "Tanh");

    @Override
    public String name() {
      return "GRU";
    }

    @Override
    public int gates() {
      return 3;
    }

    @Override
    public List<String> ownActivations() {
      return OWN;
    }

    @Override
    public Attributes attributes() {
      return recurrence
          .attributes()
          .with("linear_before_reset", Attribute.of(linearBeforeReset), Attribute.of(false));
    }

    static GRU read(Attributes attributes) {
      return new GRU(
          Recurrence.read(common(attributes, "linear_before_reset"), OWN),
          attributes.bool("linear_before_reset", false));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return recurrence.infer(in.requireCount(3, 6), 3, 1);
    }
  }

  private static Attributes common(Attributes attributes, String own) {
    return attributes.only(
        "activation_alpha",
        "activation_beta",
        "activations",
        "clip",
        "direction",
        "hidden_size",
        "layout",
        own);
  }
}
