package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * Normalises each channel (dim 1), then scales and shifts it: (x - mean) / sqrt(var + eps) * weight
 * + bias. In evaluation the statistics are the running ones; in training, and where none are kept,
 * the batch's own. Source: torch.nn.modules.batchnorm._BatchNorm.
 */
public abstract sealed class BatchNorm extends ChannelNorm
    permits BatchNorm1d, BatchNorm2d, BatchNorm3d {

  BatchNorm(String name, int numFeatures, UnaryOperator<NormOptions> options) {
    super(name, numFeatures, NormOptions.defaults(), options);
  }

  /** The shapes that the layer takes, as {@link Arguments#requireShape} writes them. */
  abstract String[] shapes(int channels);

  @Override
  final Tensor normalized(Tensor x) {
    Arguments.requireShape(name, "NumFeatures", x, shapes(numFeatures));
    boolean ofBatch = usesOwnStatistics();
    Tensor y =
        Functional.batchNorm(
            x, runningMean, runningVar, weight, bias, ofBatch, momentum(), options.eps());
    if (ofBatch && numBatchesTracked != null) {
      numBatchesTracked.set(Tensor.scalar(numBatchesTracked.longs()[0] + 1));
    }
    return y;
  }

  /** Source: torch _BatchNorm.forward, where each batch counts alike if there is no momentum. */
  private double momentum() {
    double batches = numBatchesTracked == null ? 1 : numBatchesTracked.longs()[0] + 1;
    return options.momentum().orElse(1 / batches);
  }
}
