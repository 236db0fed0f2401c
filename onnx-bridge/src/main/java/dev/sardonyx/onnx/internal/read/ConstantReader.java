package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.onnx.internal.codec.TensorCodec;
import dev.sardonyx.onnx.internal.proto.AttributeProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.lang.foreign.Arena;
import java.util.Optional;

/**
 * Constant nodes, whose one attribute is the value in one of eight forms. Source: ONNX Constant.
 */
final class ConstantReader {
  private ConstantReader() {}

  /** Whether a node is a constant. */
  static boolean isConstant(NodeProto node) {
    return node.getOpType().equals("Constant")
        && OpsetImports.domain(node.getDomain()).isEmpty()
        && node.getOutputCount() == 1;
  }

  /** A constant node for a tensor of strings, which no initializer can hold here. */
  static NodeProto ofStrings(TensorProto tensor) {
    var value =
        AttributeProto.newBuilder()
            .setName("value")
            .setType(AttributeProto.AttributeType.TENSOR)
            .setT(tensor);
    return NodeProto.newBuilder()
        .setOpType("Constant")
        .setName(tensor.getName())
        .addOutput(tensor.getName())
        .addAttribute(value)
        .build();
  }

  /** The type of a constant of strings, empty for another. Errors: FORMAT. */
  static Optional<ValueType> stringType(NodeProto node) {
    AttributeProto value = attribute(node);
    return switch (value.getName()) {
      case "value" ->
          value.getT().getDataType() == DType.STRING.onnxCode()
              ? Optional.of(stringType(value.getT()))
              : Optional.empty();
      case "value_string" -> Optional.of(TensorType.of(DType.STRING, new long[0]));
      case "value_strings" ->
          Optional.of(TensorType.of(DType.STRING, (long) value.getStringsCount()));
      default -> Optional.empty();
    };
  }

  private static TensorType stringType(TensorProto tensor) {
    Shape shape = TensorCodec.shape(tensor.getDimsList());
    if (tensor.hasRawData() || tensor.getStringDataCount() != shape.elements().fixed()) {
      throw new SardonyxException(
          ErrorCode.FORMAT,
          "tensor '"
              + tensor.getName()
              + "': "
              + shape
              + " takes as many strings in string_data, found "
              + tensor.getStringDataCount());
    }
    return new TensorType(DType.STRING, shape);
  }

  /** The value of a constant that is not of strings. Errors: FORMAT, LIMIT, UNSUPPORTED. */
  static DenseTensor read(NodeProto node, Arena arena) {
    AttributeProto value = attribute(node);
    return switch (value.getName()) {
      case "sparse_value" -> SparseReader.read(value.getSparseTensor(), arena);
      case "value" -> TensorCodec.decode(value.getT(), arena);
      case "value_float", "value_floats", "value_int", "value_ints" ->
          TensorCodec.decode(numbers(value), arena);
      default ->
          throw new SardonyxException(
              ErrorCode.FORMAT, "Constant has no attribute '" + value.getName() + "'");
    };
  }

  private static AttributeProto attribute(NodeProto node) {
    if (node.getAttributeCount() != 1) {
      throw new SardonyxException(
          ErrorCode.FORMAT,
          "Constant has one attribute, its value; found " + node.getAttributeCount());
    }
    return node.getAttribute(0);
  }

  private static TensorProto numbers(AttributeProto value) {
    var tensor = TensorProto.newBuilder().setName(value.getName());
    return switch (value.getName()) {
      case "value_float" -> tensor.setDataType(1).addFloatData(value.getF()).build();
      case "value_int" -> tensor.setDataType(7).addInt64Data(value.getI()).build();
      case "value_floats" ->
          tensor
              .setDataType(1)
              .addDims(value.getFloatsCount())
              .addAllFloatData(value.getFloatsList())
              .build();
      default ->
          tensor
              .setDataType(7)
              .addDims(value.getIntsCount())
              .addAllInt64Data(value.getIntsList())
              .build();
    };
  }
}
