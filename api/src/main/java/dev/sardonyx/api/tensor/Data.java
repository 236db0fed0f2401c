package dev.sardonyx.api.tensor;

import dev.sardonyx.api.type.ValueType;

/**
 * What flows into a graph, through it and out of it: all that ONNX has as values. Source: ONNX IR
 * specification, "Types".
 */
public sealed interface Data permits Tensor, SequenceData, OptionalData, MapData {

  /** The type, as exact as it is known. */
  ValueType type();
}
