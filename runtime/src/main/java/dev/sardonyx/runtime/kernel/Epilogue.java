package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a product C before it is left: {@code activation(C + bias + residual)}.
 *
 * @param bias one value per column of C from offset 0, or null for none
 * @param residual added element by element, or null for none. It is read at the very offsets at
 *     which C is written (slice the segment where the two begin elsewhere) and may be C itself, but
 *     not overlap it otherwise
 * @param activation applied last, or null for none: what the registers of a product can do, a Relu
 *     or a Clip
 */
public record Epilogue(
    @Nullable MemorySegment bias,
    @Nullable MemorySegment residual,
    @Nullable UnaryFunction activation) {

  /** The bare product. */
  public static final Epilogue NONE = new Epilogue(null, null, null);

  /** Checks that the activation is one of the two. */
  public Epilogue {
    if (activation != null && !takes(activation)) {
      throw new IllegalArgumentException("a product ends with a Relu or a Clip, not " + activation);
    }
  }

  /** Whether a function can be an epilogue's activation. */
  public static boolean takes(UnaryFunction function) {
    return function instanceof UnaryFunction.Relu || function instanceof UnaryFunction.Clip;
  }

  /** This epilogue with a bias. */
  public Epilogue withBias(MemorySegment values) {
    return new Epilogue(values, residual, activation);
  }

  /** This epilogue with a residual. */
  public Epilogue withResidual(MemorySegment values) {
    return new Epilogue(bias, values, activation);
  }

  /** This epilogue without its residual. */
  public Epilogue withoutResidual() {
    return residual == null ? this : new Epilogue(bias, null, activation);
  }

  /** Its residual and nothing else. */
  public Epilogue residualAlone() {
    return residual == null ? NONE : NONE.withResidual(residual);
  }

  /** This epilogue with a function at its end. */
  public Epilogue withActivation(UnaryFunction last) {
    return new Epilogue(bias, residual, last);
  }

  /** What the activation raises smaller values to; of no meaning without an activation. */
  public float low() {
    return activation instanceof UnaryFunction.Clip clip ? clip.low() : 0;
  }

  /** What the activation lowers larger values to; of no meaning without an activation. */
  public float high() {
    return activation instanceof UnaryFunction.Clip clip ? clip.high() : Float.POSITIVE_INFINITY;
  }

  /** Whether C stays as it is. */
  public boolean isNone() {
    return bias == null && residual == null && activation == null;
  }
}
