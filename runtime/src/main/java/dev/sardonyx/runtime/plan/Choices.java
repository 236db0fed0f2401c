package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.engine.Precision;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.Optional;

/**
 * What a session leaves open of how its nodes are computed.
 *
 * @param winograd whether convolutions may be computed by Winograd's transforms
 * @param precision how exactly products have to be computed, as the kernels have it
 */
public record Choices(boolean winograd, Precision precision) {

  /** All is left open that keeps float32's accuracy. */
  public static Choices standard() {
    return new Choices(true, Precision.FLOAT32);
  }

  /** Nothing is left open: the nearest to what is written. */
  public static Choices none() {
    return new Choices(false, Precision.FLOAT32);
  }

  /** What a session's options leave open on a set of kernels. */
  public static Choices of(SessionOptions options, Kernels kernels) {
    return new Choices(options.winograd(), precision(options.precision(), kernels));
  }

  /** Why a set of kernels does not compute in a precision, if so. */
  public static Optional<String> lack(Precision asked, Kernels kernels) {
    return precision(asked, kernels) == asked
        ? Optional.empty()
        : Optional.of("precision %s: no AMX tiles here, so float32".formatted(asked.word()));
  }

  /** The precision in which a set of kernels computes where one is asked for. */
  public static Precision precision(Precision asked, Kernels kernels) {
    return kernels.hasTiles() ? asked : Precision.FLOAT32;
  }
}
