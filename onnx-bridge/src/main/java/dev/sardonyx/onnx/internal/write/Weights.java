package dev.sardonyx.onnx.internal.write;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.onnx.internal.proto.TensorProto;

/** Where the data of a graph's constants goes. */
@FunctionalInterface
public interface Weights {
  /** The message of a constant. */
  TensorProto encode(String name, DenseTensor tensor);
}
