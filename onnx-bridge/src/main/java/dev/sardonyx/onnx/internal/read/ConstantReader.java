package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.onnx.internal.codec.TensorMemory;
import dev.sardonyx.onnx.internal.proto.AttributeProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import dev.sardonyx.onnx.internal.proto.TensorProto;

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

  /** The value of a constant. Errors: FORMAT, LIMIT, UNSUPPORTED. */
  static DenseTensor read(NodeProto node, TensorMemory memory) {
    AttributeProto value = attribute(node);
    return switch (value.getName()) {
      case "sparse_value" -> SparseReader.read(value.getSparseTensor(), memory);
      case "value" -> memory.read(value.getT());
      case "value_float", "value_floats", "value_int", "value_ints" -> memory.read(numbers(value));
      case "value_string", "value_strings" -> memory.read(strings(value));
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

  private static TensorProto strings(AttributeProto value) {
    var tensor = TensorProto.newBuilder().setName(value.getName()).setDataType(8);
    return value.getName().equals("value_string")
        ? tensor.addStringData(value.getS()).build()
        : tensor.addDims(value.getStringsCount()).addAllStringData(value.getStringsList()).build();
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
