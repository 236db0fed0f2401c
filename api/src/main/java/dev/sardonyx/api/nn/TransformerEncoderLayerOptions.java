package dev.sardonyx.api.nn;

/**
 * The arguments of {@link TransformerEncoderLayer} that have defaults: {@code o ->
 * o.batchFirst(true)}. Each method gives a changed copy. Source: torch.nn.TransformerEncoderLayer.
 */
public record TransformerEncoderLayerOptions(
    int dimFeedforward,
    double dropout,
    Activation activation,
    double layerNormEps,
    boolean batchFirst,
    boolean normFirst) {

  /** What stands between the two linear layers. */
  public enum Activation {
    RELU,
    GELU
  }

  private static final TransformerEncoderLayerOptions DEFAULTS =
      new TransformerEncoderLayerOptions(2048, 0.1, Activation.RELU, 1e-5, false, false);

  /** 2048 features inside, dropout 0.1, relu, steps before the batch, norms last. */
  public static TransformerEncoderLayerOptions defaults() {
    return DEFAULTS;
  }

  /** The features between the two linear layers. */
  public TransformerEncoderLayerOptions dimFeedforward(int changed) {
    return new TransformerEncoderLayerOptions(
        changed, dropout, activation, layerNormEps, batchFirst, normFirst);
  }

  /** The probability with which training zeroes elements and weights. */
  public TransformerEncoderLayerOptions dropout(double changed) {
    return new TransformerEncoderLayerOptions(
        dimFeedforward, changed, activation, layerNormEps, batchFirst, normFirst);
  }

  /** What stands between the two linear layers. */
  public TransformerEncoderLayerOptions activation(Activation changed) {
    return new TransformerEncoderLayerOptions(
        dimFeedforward, dropout, changed, layerNormEps, batchFirst, normFirst);
  }

  /** What the norms add to the variance. */
  public TransformerEncoderLayerOptions layerNormEps(double changed) {
    return new TransformerEncoderLayerOptions(
        dimFeedforward, dropout, activation, changed, batchFirst, normFirst);
  }

  /** Whether the batch comes before the steps. */
  public TransformerEncoderLayerOptions batchFirst(boolean changed) {
    return new TransformerEncoderLayerOptions(
        dimFeedforward, dropout, activation, layerNormEps, changed, normFirst);
  }

  /** Whether the norms come before attention and linear layers, not after the sums. */
  public TransformerEncoderLayerOptions normFirst(boolean changed) {
    return new TransformerEncoderLayerOptions(
        dimFeedforward, dropout, activation, layerNormEps, batchFirst, changed);
  }
}
