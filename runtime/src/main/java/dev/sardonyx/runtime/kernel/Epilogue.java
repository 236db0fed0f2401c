package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a product C before it is left: {@code activation(C + bias + residual)}.
 *
 * @param bias one value per row or per column of C from offset 0, or null for none
 * @param axis which of the two; ignored without a bias
 * @param residual added element by element, or null for none. It is read at the very offsets at
 *     which C is written (slice the segment where the two begin elsewhere) and may be C itself, but
 *     not overlap it otherwise
 * @param activation applied last
 */
public record Epilogue(
    @Nullable MemorySegment bias,
    BiasAxis axis,
    @Nullable MemorySegment residual,
    Activation activation) {

  /** The bare product. */
  public static final Epilogue NONE = new Epilogue(null, BiasAxis.PER_ROW, null, Activation.NONE);

  /** Checks that axis and activation are there. */
  public Epilogue {
    Objects.requireNonNull(axis, "axis");
    Objects.requireNonNull(activation, "activation");
  }

  /** Along which axis of C a bias varies. */
  public enum BiasAxis {
    /** One value per row: convolutions, whose rows are output channels. */
    PER_ROW,
    /** One value per column: linear layers, whose columns are output features. */
    PER_COLUMN
  }

  /** The function applied last. */
  public enum Activation {
    /** The identity. */
    NONE,
    /** max(0, x); NaN stays NaN. */
    RELU
  }

  /** This epilogue with a bias. */
  public Epilogue withBias(MemorySegment values, BiasAxis along) {
    return new Epilogue(values, along, residual, activation);
  }

  /** This epilogue with a residual. */
  public Epilogue withResidual(MemorySegment values) {
    return new Epilogue(bias, axis, values, activation);
  }

  /** This epilogue with a ReLU at its end. */
  public Epilogue withRelu() {
    return new Epilogue(bias, axis, residual, Activation.RELU);
  }

  /** Whether C stays as it is. */
  public boolean isNone() {
    return bias == null && residual == null && activation == Activation.NONE;
  }
}
