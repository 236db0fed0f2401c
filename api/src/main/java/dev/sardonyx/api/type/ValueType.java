package dev.sardonyx.api.type;

/**
 * The type of a value in a graph: all that ONNX has, and unknown. Source: onnx.proto, TypeProto.
 */
public sealed interface ValueType
    permits TensorType, SequenceType, OptionalType, MapType, UnknownType {}
