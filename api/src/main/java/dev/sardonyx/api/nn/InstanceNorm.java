package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Normalises each channel of each sample: (x - mean) / sqrt(var + eps) * weight + bias. The
 * statistics are the sample's own; only where running ones are kept, evaluation takes those.
 * Source: torch.nn.modules.instancenorm._InstanceNorm.
 */
public abstract sealed class InstanceNorm implements UnaryModule
    permits InstanceNorm1d, InstanceNorm2d, InstanceNorm3d {
  private final String name;
  private final int numFeatures;
  private final String spatial;
  private final NormOptions options;
  private final @Nullable Parameter weight;
  private final @Nullable Parameter bias;
  private final @Nullable Buffer runningMean;
  private final @Nullable Buffer runningVar;
  private final @Nullable Buffer numBatchesTracked;
  private volatile boolean training;

  /** The spatial dims are named as {@link Arguments#requireShape} writes them: {@code "H, W"}. */
  InstanceNorm(String name, int numFeatures, String spatial, UnaryOperator<NormOptions> options) {
    Arguments.requireAtLeast(name, "numFeatures", numFeatures, 1);
    this.name = name;
    this.numFeatures = numFeatures;
    this.spatial = spatial;
    NormOptions plain = NormOptions.defaults().affine(false).trackRunningStats(false);
    this.options = options.apply(plain).checked(name);
    Arguments.require(
        this.options.momentum().isPresent(), name, "momentum", "a number", "the average of all");
    boolean affine = this.options.affine();
    boolean tracks = this.options.trackRunningStats();
    weight = affine ? new Parameter(Tensor.ones(numFeatures)) : null;
    bias = affine ? new Parameter(Tensor.zeros(numFeatures)) : null;
    runningMean = tracks ? new Buffer(Tensor.zeros(numFeatures)) : null;
    runningVar = tracks ? new Buffer(Tensor.ones(numFeatures)) : null;
    numBatchesTracked = tracks ? new Buffer(Tensor.scalar(0L)) : null;
  }

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
    String sample = numFeatures + ", " + spatial;
    Arguments.requireShape(name, x, "N, " + sample, sample);
    boolean single = x.rank() == sample.split(", ").length;
    Tensor y = ofBatch(single ? x.unsqueeze(0) : x);
    return single ? y.squeeze(0) : y;
  }

  private Tensor ofBatch(Tensor x) {
    return Functional.instanceNorm(
        x,
        runningMean,
        runningVar,
        weight,
        bias,
        training || runningMean == null,
        options.momentum().orElseThrow(),
        options.eps());
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
