package dev.sardonyx.api.tensor;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;

/**
 * A tensor that belongs to a module and whose value can be replaced: a {@link Parameter} or a
 * {@link Buffer}. Its shape never changes. A trace lifts it into the graph under its state_dict
 * name.
 */
public abstract sealed class Variable implements Tensor permits Parameter, Buffer {
  private volatile DenseTensor value;

  Variable(Tensor value) {
    this.value = value.dense();
  }

  @Override
  public TensorType type() {
    return value.type();
  }

  @Override
  public DenseTensor dense() {
    return value;
  }

  /** Replaces the value. Errors: STATE when the type differs. */
  public void set(Tensor replacement) {
    if (!replacement.type().equals(type())) {
      throw new SardonyxException(
          ErrorCode.STATE, "expected " + type() + ", found " + replacement.type());
    }
    value = replacement.dense();
  }

  /** Converts the value to another element type. Errors: DTYPE for what cannot be converted. */
  public void convert(DType dtype) {
    value = value.convert(dtype);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
