package dev.sardonyx.api.tensor;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/**
 * Tensors of type and shape alone, for those who need a model's structure and not its weights: a
 * layer made inside {@link #of} allocates nothing and draws nothing from the default generator,
 * however large it is. What is given and small keeps its data all the same (up to {@value #SMALL}
 * elements), because sizes, axes and scales decide the shapes of results; random numbers never have
 * any. Asking an outline for data is the error TRACED_CONTENTS; its conversions, copies and
 * reshapes are outlines too, also outside. Source: torch.device("meta").
 */
public final class Outline {
  private static final ScopedValue<Boolean> HERE = ScopedValue.newInstance();

  /** The most elements of a tensor that keeps the data that it was given. */
  private static final long SMALL = 64;

  private Outline() {}

  /** Runs code in which new tensors have no data. Errors: those of the code. */
  public static <T> T of(Supplier<T> body) {
    return ScopedValue.where(HERE, true).call(body::get);
  }

  /** Whether a tensor is one of type and shape alone. False for what a trace has recorded. */
  public static boolean is(Tensor tensor) {
    return switch (tensor) {
      case DenseTensor dense -> dense.source().orElse(null) instanceof Absent;
      case Variable variable -> is(variable.dense());
      case TracedTensor _ -> false;
    };
  }

  /** Whether code runs here whose random tensors are to have no data. */
  public static boolean isHere() {
    return HERE.isBound();
  }

  /** Whether a tensor that is made here of given values is to have no data. */
  static boolean replaces(Shape shape) {
    return isHere() && shape.elements().fixed() > SMALL;
  }

  /** A tensor without data. Errors: SHAPE when the shape is not fixed. */
  static DenseTensor tensor(DType dtype, Shape shape) {
    return DenseTensor.deferred(dtype, shape, new Absent(new TensorType(dtype, shape)));
  }

  /** The data that is not there. */
  private record Absent(TensorType type) implements DenseTensor.Source {
    @Override
    public MemorySegment make() {
      throw new SardonyxException(
          ErrorCode.TRACED_CONTENTS,
          "a tensor "
              + type
              + " has no data: it was made inside Outline.of, for its shape alone; make the model"
              + " outside, or load its weights");
    }
  }
}
