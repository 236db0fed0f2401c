package dev.sardonyx.api.tensor;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.error.SourceLocation;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * A tensor inside a trace: name and type are known, contents are not, but for small integer tensors
 * whose elements are dims.
 */
public record TracedTensor(
    Recorder recorder, String name, TensorType type, Optional<List<Dim>> contents)
    implements Tensor {

  @Override
  public DenseTensor dense() {
    throw new SardonyxException(
        ErrorCode.TRACED_CONTENTS,
        "the contents of "
            + this
            + " are not known while the model is traced; decide on configuration or on known dims, or"
            + " run the model eagerly"
            + SourceLocation.ofCaller().map(line -> " (asked for in " + line + ")").orElse(""));
  }

  /** For example {@code gemm_1: float32[batch, 128]}. */
  @Override
  public String toString() {
    return name + ": " + type;
  }
}
