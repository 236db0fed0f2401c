package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Normalises each channel (dim 1), then scales and shifts it: (x - mean) / sqrt(var + eps) * weight
 * + bias. In evaluation the statistics are the running ones; in training, and where none are kept,
 * the batch's own. Source: torch.nn.modules.batchnorm._BatchNorm.
 */
public abstract sealed class BatchNorm implements UnaryModule
    permits BatchNorm1d, BatchNorm2d, BatchNorm3d {
  private final String name;
  private final int numFeatures;
  private final NormOptions options;
  private final @Nullable Parameter weight;
  private final @Nullable Parameter bias;
  private final @Nullable Buffer runningMean;
  private final @Nullable Buffer runningVar;
  private final @Nullable Buffer numBatchesTracked;
  private volatile boolean training;

  BatchNorm(String name, int numFeatures, UnaryOperator<NormOptions> options) {
    Arguments.requireAtLeast(name, "numFeatures", numFeatures, 1);
    this.name = name;
    this.numFeatures = numFeatures;
    this.options = options.apply(NormOptions.defaults()).checked(name);
    boolean affine = this.options.affine();
    boolean tracks = this.options.trackRunningStats();
    weight = affine ? new Parameter(Tensor.ones(numFeatures)) : null;
    bias = affine ? new Parameter(Tensor.zeros(numFeatures)) : null;
    runningMean = tracks ? new Buffer(Tensor.zeros(numFeatures)) : null;
    runningVar = tracks ? new Buffer(Tensor.ones(numFeatures)) : null;
    numBatchesTracked = tracks ? new Buffer(Tensor.scalar(0L)) : null;
  }

  /** The shapes that the layer takes, as {@link Arguments#requireShape} writes them. */
  abstract String[] shapes(int channels);

  /** The scale, [numFeatures], if there is one. */
  public Optional<Parameter> weight() {
    return Optional.ofNullable(weight);
  }

  /** The shift, [numFeatures], if there is one. */
  public Optional<Parameter> bias() {
    return Optional.ofNullable(bias);
  }

  /** The running mean, [numFeatures], if it is kept. */
  public Optional<Buffer> runningMean() {
    return Optional.ofNullable(runningMean);
  }

  /** The running variance, [numFeatures], if it is kept. */
  public Optional<Buffer> runningVar() {
    return Optional.ofNullable(runningVar);
  }

  /** The output, of x's type. Errors: SHAPE for another rank or number of channels. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, this::normalized);
  }

  private Tensor normalized(Tensor x) {
    Arguments.requireShape(name, x, shapes(numFeatures));
    boolean ofBatch = training || runningMean == null;
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

  @Override
  public void onModeChange(boolean toTraining) {
    training = toTraining;
  }

  /** Without running statistics both modes are alike, and so this is false. */
  @Override
  public boolean isTraining() {
    return training && options.trackRunningStats();
  }

  @Override
  public Structure structure() {
    return Structure.of(name)
        .add("weight", weight)
        .add("bias", bias)
        .add("running_mean", runningMean)
        .add("running_var", runningVar)
        .add("num_batches_tracked", numBatchesTracked);
  }

  @Override
  public String extraRepr() {
    return options.print(numFeatures);
  }
}
