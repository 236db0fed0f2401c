package dev.sardonyx.onnx.internal.gradient;

import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.tensor.DenseTensor;

/** Where the nodes of a derivative go. */
public interface Recorder {
  /** Adds a node of one output, which is returned. */
  Value add(Op op, Value... inputs);

  /** Adds a constant. */
  Value constant(String stem, DenseTensor tensor);
}
