package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What batch and instance normalisation share: a scale and a shift for each channel, and running
 * statistics, each where options say so. Source: torch.nn.modules.batchnorm._NormBase.
 */
public abstract sealed class ChannelNorm implements UnaryModule permits BatchNorm, InstanceNorm {
  final String name;
  final int numFeatures;
  final NormOptions options;
  final @Nullable Parameter weight;
  final @Nullable Parameter bias;
  final @Nullable Buffer runningMean;
  final @Nullable Buffer runningVar;
  final @Nullable Buffer numBatchesTracked;
  private volatile boolean training;

  ChannelNorm(
      String name, int numFeatures, NormOptions defaults, UnaryOperator<NormOptions> options) {
    Arguments.requireAtLeast(name, "numFeatures", numFeatures, 1);
    this.name = name;
    this.numFeatures = numFeatures;
    this.options = options.apply(defaults).checked(name);
    boolean affine = this.options.affine();
    boolean tracks = this.options.trackRunningStats();
    weight = affine ? new Parameter(Tensor.ones(numFeatures)) : null;
    bias = affine ? new Parameter(Tensor.zeros(numFeatures)) : null;
    runningMean = tracks ? new Buffer(Tensor.zeros(numFeatures)) : null;
    runningVar = tracks ? new Buffer(Tensor.ones(numFeatures)) : null;
    numBatchesTracked = tracks ? new Buffer(Tensor.scalar(0L)) : null;
  }

  /** The output for an input that has yet to be checked. */
  abstract Tensor normalized(Tensor x);

  /** The scale, [numFeatures], if there is one. */
  public final Optional<Parameter> weight() {
    return Optional.ofNullable(weight);
  }

  /** The shift, [numFeatures], if there is one. */
  public final Optional<Parameter> bias() {
    return Optional.ofNullable(bias);
  }

  /** The running mean, [numFeatures], if it is kept. */
  public final Optional<Buffer> runningMean() {
    return Optional.ofNullable(runningMean);
  }

  /** The running variance, [numFeatures], if it is kept. */
  public final Optional<Buffer> runningVar() {
    return Optional.ofNullable(runningVar);
  }

  /** The output, of x's type. Errors: SHAPE for another rank or number of channels. */
  @Override
  public final Tensor forward(Tensor x) {
    return Operations.inModule(
        this, x, tensor -> Arguments.owned(name, Map.of(), () -> checked(tensor)));
  }

  private Tensor checked(Tensor x) {
    Arguments.requireFloat(name, x);
    return normalized(x);
  }

  /** Whether the statistics are the input's own: in training, and where none are kept. */
  final boolean usesOwnStatistics() {
    return training || runningMean == null;
  }

  @Override
  public final void onModeChange(boolean toTraining) {
    training = toTraining;
  }

  /** Without running statistics both modes are alike, and so this is false. */
  @Override
  public final boolean isTraining() {
    return training && options.trackRunningStats();
  }

  @Override
  public final Structure structure() {
    return Structure.of(name)
        .add("weight", weight)
        .add("bias", bias)
        .add("running_mean", runningMean)
        .add("running_var", runningVar)
        .add("num_batches_tracked", numBatchesTracked);
  }

  @Override
  public final String extraRepr() {
    return options.print(numFeatures);
  }
}
