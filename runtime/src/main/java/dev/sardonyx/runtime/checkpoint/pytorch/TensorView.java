package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import java.util.List;

/**
 * A tensor as a file has it: a window of a storage, offset and strides in elements of the dtype.
 * All of it lies within the storage.
 */
record TensorView(
    Storage storage,
    DType dtype,
    long offset,
    List<Long> sizes,
    List<Long> strides,
    Quantization quantization) {
  private static final int HIGHEST_RANK = 1024;

  /** Errors: FORMAT, LIMIT. */
  static TensorView of(
      Storage storage, DType dtype, long offset, List<Long> sizes, List<Long> strides) {
    var view = new TensorView(storage, dtype, offset, sizes, strides, new Quantization.None());
    view.requireWithinStorage();
    return view;
  }

  TensorView quantized(Quantization changed) {
    return new TensorView(storage, dtype, offset, sizes, strides, changed);
  }

  /** The number of elements. */
  long elements() {
    return sizes.stream().reduce(1L, Math::multiplyExact);
  }

  private void requireWithinStorage() {
    if (sizes.size() != strides.size()) {
      throw fault("it has " + sizes.size() + " sizes and " + strides.size() + " strides");
    }
    if (sizes.size() > HIGHEST_RANK) {
      throw new SardonyxException(
          ErrorCode.LIMIT, "rank " + sizes.size() + " is more than " + HIGHEST_RANK);
    }
    if (offset < 0 || anyNegative(sizes) || anyNegative(strides)) {
      throw fault("offset, sizes and strides must be 0 or more: " + this);
    }
    try {
      long last = offset;
      for (int axis = 0; axis < sizes.size(); axis++) {
        last =
            Math.addExact(
                last, Math.multiplyExact(Math.max(0, sizes.get(axis) - 1), strides.get(axis)));
      }
      long available = storage.byteSize() / dtype.bytes(1);
      if (elements() > 0 && last >= available) {
        throw fault(this + " reaches element " + last + " of a storage that has " + available);
      }
    } catch (ArithmeticException overflow) {
      throw new SardonyxException(ErrorCode.FORMAT, this + " exceeds 64 bits of size", overflow);
    }
  }

  private static boolean anyNegative(List<Long> numbers) {
    return numbers.stream().anyMatch(number -> number < 0);
  }

  private static SardonyxException fault(String what) {
    return new SardonyxException(ErrorCode.FORMAT, what);
  }

  @Override
  public String toString() {
    return sizes.size() > 16
        ? "a tensor of rank " + sizes.size()
        : "a tensor of offset " + offset + ", sizes " + sizes + " and strides " + strides;
  }
}
