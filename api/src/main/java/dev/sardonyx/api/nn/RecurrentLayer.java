package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.op.Recurrence;
import dev.sardonyx.api.op.Recurrence.Direction;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Layers that carry states from step to step. Shapes, with L steps, N samples, D directions: input
 * [L, N, inputSize], or [N, L, inputSize] where batchFirst, or [L, inputSize]; output the same with
 * D * hiddenSize; each state [D * numLayers, N, hiddenSize], or without N. Source:
 * torch.nn.RNNBase, without proj_size.
 */
public abstract sealed class RecurrentLayer implements NnModule permits RNN, LSTM, GRU {
  private final String name;
  private final int inputSize;
  private final int hiddenSize;
  private final RecurrentOptions options;
  private final RecurrentWeights weights;
  private volatile boolean training;

  RecurrentLayer(
      String name,
      int inputSize,
      int hiddenSize,
      UnaryOperator<RecurrentOptions> options,
      int... gateOrder) {
    Arguments.requireAtLeast(name, "inputSize", inputSize, 1);
    Arguments.requireAtLeast(name, "hiddenSize", hiddenSize, 1);
    this.name = name;
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    this.options = options.apply(RecurrentOptions.defaults()).checked(name);
    weights = new RecurrentWeights(inputSize, hiddenSize, this.options, gateOrder);
  }

  abstract RecurrentOp op(Recurrence recurrence);

  /** The output and the final states; states that are not given are zeros. */
  final List<Tensor> run(Tensor x, List<Tensor> states) {
    List<Tensor> inputs = new ArrayList<>(states);
    inputs.addFirst(x);
    return Operations.inModule(this, inputs, () -> checked(x, states));
  }

  private List<Tensor> checked(Tensor x, List<Tensor> states) {
    String features = Integer.toString(inputSize);
    String batched = (options.batchFirst() ? "N, L, " : "L, N, ") + features;
    Arguments.requireShape(name, "InputSize", x, batched, "L, " + features);
    Arguments.requireDType(name, x, weights.dtype());
    boolean single = Arguments.hasRank(x, 2);
    for (Tensor state : states) {
      requireState(state, single, x);
    }
    if (!single) {
      return layers(x, states);
    }
    // Without a batch there is one sample, which batchFirst says nothing about.
    Tensor one = x.unsqueeze(options.batchFirst() ? 0 : 1);
    List<Tensor> all = layers(one, states.stream().map(state -> state.unsqueeze(1)).toList());
    List<Tensor> result = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      result.add(all.get(i).squeeze(i == 0 && options.batchFirst() ? 0 : 1));
    }
    return result;
  }

  private void requireState(Tensor state, boolean single, Tensor x) {
    Dim batch = single ? Dim.of(1) : x.size(options.batchFirst() ? 0 : 1);
    int count = options.directions() * options.numLayers();
    String expected = count + ", " + (single ? "" : batch + ", ") + hiddenSize;
    String words =
        name + " expects states [" + expected + "] for " + x.type() + ", found " + state.type();
    int rank = single ? 2 : 3;
    if (state.shape().isKnown() && state.rank() != rank) {
      throw Arguments.rankError(name, "[" + expected + "]", state, words);
    }
    if (state.size(0).differsFrom(Dim.of(count))) {
      String argument = options.bidirectional() ? "" : "numLayers"; // else twice as many
      throw Mismatch.of("NumLayers", name, count, state.size(0))
          .withArgument(argument)
          .withType(state.type())
          .error(words);
    }
    if (!single && state.size(1).differsFrom(batch)) {
      throw Mismatch.of("Batch", name, batch, state.size(1)).withType(state.type()).error(words);
    }
    if (state.size(-1).differsFrom(Dim.of(hiddenSize))) {
      throw Arguments.sizeError(name, "HiddenSize", hiddenSize, state, rank - 1, words);
    }
  }

  private List<Tensor> layers(Tensor x, List<Tensor> states) {
    Tensor y = options.batchFirst() ? x.transpose(0, 1) : x;
    List<List<Tensor>> finals = new ArrayList<>();
    for (int layer = 0; layer < options.numLayers(); layer++) {
      List<Tensor> outputs = layer(y, states, layer);
      y = outputs.getFirst();
      finals.add(outputs.subList(1, outputs.size()));
      boolean last = layer == options.numLayers() - 1;
      y = last ? y : Functional.dropout(y, options.dropout(), training);
    }
    List<Tensor> result = new ArrayList<>();
    result.add(options.batchFirst() ? y.transpose(0, 1) : y);
    for (int state = 0; state < finals.getFirst().size(); state++) {
      int which = state;
      List<Tensor> parts = finals.stream().map(list -> list.get(which)).toList();
      result.add(parts.size() == 1 ? parts.getFirst() : Tensor.cat(parts, 0));
    }
    return result;
  }

  /** One layer: [L, N, input] -> [L, N, D * hidden] and the states [D, N, hidden]. */
  private List<Tensor> layer(Tensor x, List<Tensor> states, int layer) {
    Direction direction = options.bidirectional() ? Direction.BIDIRECTIONAL : Direction.FORWARD;
    int directions = options.directions();
    List<Optional<Tensor>> inputs = new ArrayList<>();
    inputs.add(Optional.of(x));
    inputs.addAll(weights.of(layer));
    if (!states.isEmpty()) {
      inputs.add(Optional.empty());
    }
    for (Tensor state : states) {
      boolean all = options.numLayers() == 1;
      inputs.add(Optional.of(all ? state : state.narrow(0, (long) layer * directions, directions)));
    }
    while (inputs.getLast().isEmpty()) {
      inputs.removeLast();
    }
    RecurrentOp op = op(Recurrence.of(hiddenSize, direction));
    List<Tensor> outputs = new ArrayList<>(Operations.applyAll(op, inputs));
    outputs.set(0, sideBySide(outputs.getFirst(), x));
    return outputs;
  }

  /** [L, D, N, hidden] -> [L, N, D * hidden]. */
  private Tensor sideBySide(Tensor y, Tensor x) {
    if (!options.bidirectional()) {
      return y.squeeze(1);
    }
    return y.transpose(1, 2).reshape(List.of(x.size(0), x.size(1), Dim.of(2L * hiddenSize)));
  }

  @Override
  public void onModeChange(boolean toTraining) {
    training = toTraining;
  }

  /** Without dropout between layers both modes are alike, and so this is false. */
  @Override
  public boolean isTraining() {
    return training && options.dropout() > 0 && options.numLayers() > 1;
  }

  @Override
  public Structure structure() {
    return weights.structure(name);
  }

  @Override
  public String extraRepr() {
    return options.print(inputSize, hiddenSize);
  }
}
