package dev.sardonyx.api.nn;

/**
 * The arguments of RNN, LSTM and GRU that have defaults: {@code o -> o.numLayers(2)}. Each method
 * gives a changed copy. Source: torch.nn.RNNBase, without proj_size.
 */
public record RecurrentOptions(
    int numLayers, boolean bias, boolean batchFirst, double dropout, boolean bidirectional) {
  private static final RecurrentOptions DEFAULTS = new RecurrentOptions(1, true, false, 0, false);

  /** One layer with biases, steps before the batch, forward only. */
  public static RecurrentOptions defaults() {
    return DEFAULTS;
  }

  /** How many layers stand on each other. */
  public RecurrentOptions numLayers(int changed) {
    return new RecurrentOptions(changed, bias, batchFirst, dropout, bidirectional);
  }

  /** Whether there are biases. */
  public RecurrentOptions bias(boolean changed) {
    return new RecurrentOptions(numLayers, changed, batchFirst, dropout, bidirectional);
  }

  /** Whether the batch comes before the steps in input and output; states stay as they are. */
  public RecurrentOptions batchFirst(boolean changed) {
    return new RecurrentOptions(numLayers, bias, changed, dropout, bidirectional);
  }

  /** The probability with which training zeroes what a layer hands to the next. */
  public RecurrentOptions dropout(double changed) {
    return new RecurrentOptions(numLayers, bias, batchFirst, changed, bidirectional);
  }

  /** Whether a second run takes the steps from the last to the first. */
  public RecurrentOptions bidirectional(boolean changed) {
    return new RecurrentOptions(numLayers, bias, batchFirst, dropout, changed);
  }

  /** Errors: ARGUMENT, naming the layer. */
  RecurrentOptions checked(String layer) {
    Arguments.requireAtLeast(layer, "numLayers", numLayers, 1);
    Arguments.require(dropout >= 0 && dropout <= 1, layer, "dropout", "in [0, 1]", dropout);
    return this;
  }

  int directions() {
    return bidirectional ? 2 : 1;
  }

  /** Source: torch RNNBase.extra_repr, which leaves out defaults. */
  String print(int inputSize, int hiddenSize) {
    var text = new StringBuilder().append(inputSize).append(", ").append(hiddenSize);
    text.append(numLayers == 1 ? "" : ", num_layers=" + numLayers);
    text.append(bias ? "" : ", bias=False");
    text.append(batchFirst ? ", batch_first=True" : "");
    text.append(dropout == 0 ? "" : ", dropout=" + PythonText.of(dropout));
    return text.append(bidirectional ? ", bidirectional=True" : "").toString();
  }
}
