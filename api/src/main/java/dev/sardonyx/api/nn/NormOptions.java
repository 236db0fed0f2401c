package dev.sardonyx.api.nn;

import java.util.OptionalDouble;

/**
 * The arguments of batch and instance norms that have defaults: {@code o -> o.eps(1e-3)}. Each
 * method gives a changed copy. Source: torch.nn.BatchNorm2d.
 *
 * @param momentum none for the plain average of all batches, PyTorch's {@code momentum=None}
 */
public record NormOptions(
    double eps, OptionalDouble momentum, boolean affine, boolean trackRunningStats) {
  private static final NormOptions DEFAULTS =
      new NormOptions(1e-5, OptionalDouble.of(0.1), true, true);

  /** eps 1e-5, momentum 0.1, with learned scale and shift, with running statistics. */
  public static NormOptions defaults() {
    return DEFAULTS;
  }

  /** What is added to the variance before its root is taken. */
  public NormOptions eps(double changed) {
    return new NormOptions(changed, momentum, affine, trackRunningStats);
  }

  /** How much of a batch's statistics goes into the running ones. */
  public NormOptions momentum(double changed) {
    return new NormOptions(eps, OptionalDouble.of(changed), affine, trackRunningStats);
  }

  /** The running statistics are the average of those of all batches: {@code momentum=None}. */
  public NormOptions cumulativeAverage() {
    return new NormOptions(eps, OptionalDouble.empty(), affine, trackRunningStats);
  }

  /** Whether there are a learned scale and shift. */
  public NormOptions affine(boolean changed) {
    return new NormOptions(eps, momentum, changed, trackRunningStats);
  }

  /** Whether statistics are kept; without them each batch is normalised by its own. */
  public NormOptions trackRunningStats(boolean changed) {
    return new NormOptions(eps, momentum, affine, changed);
  }

  /** Errors: ARGUMENT, naming the layer. */
  NormOptions checked(String layer) {
    Arguments.require(eps >= 0, layer, "eps", "0 or more", eps);
    return this;
  }

  /** Source: torch.nn.modules.batchnorm._NormBase.extra_repr. */
  String print(int numFeatures) {
    return "%d, eps=%s, momentum=%s, affine=%s, track_running_stats=%s"
        .formatted(
            numFeatures,
            PythonText.of(eps),
            momentum.isPresent() ? PythonText.of(momentum.getAsDouble()) : "None",
            PythonText.of(affine),
            PythonText.of(trackRunningStats));
  }
}
