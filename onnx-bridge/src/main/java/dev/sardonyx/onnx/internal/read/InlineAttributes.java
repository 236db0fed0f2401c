package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.onnx.internal.codec.TensorCodec;
import dev.sardonyx.onnx.internal.codec.TensorMemory;
import dev.sardonyx.onnx.internal.proto.AttributeProto;
import dev.sardonyx.onnx.internal.proto.SparseTensorProto;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.util.List;

/** Attributes whose tensors have their data in them, wherever a file had it. */
final class InlineAttributes {
  private InlineAttributes() {}

  /** The attributes with data from other files read. Errors: see {@link TensorCodec#decode}. */
  static List<AttributeProto> of(List<AttributeProto> attributes, TensorMemory memory) {
    return attributes.stream().map(attribute -> inline(attribute, memory)).toList();
  }

  private static AttributeProto inline(AttributeProto attribute, TensorMemory memory) {
    boolean tensors =
        attribute.hasT()
            || attribute.hasSparseTensor()
            || attribute.getTensorsCount() > 0
            || attribute.getSparseTensorsCount() > 0;
    if (!tensors) {
      return attribute;
    }
    var result = attribute.toBuilder().clearTensors().clearSparseTensors();
    if (attribute.hasT()) {
      result.setT(inline(attribute.getT(), memory));
    }
    if (attribute.hasSparseTensor()) {
      result.setSparseTensor(inline(attribute.getSparseTensor(), memory));
    }
    attribute.getTensorsList().forEach(tensor -> result.addTensors(inline(tensor, memory)));
    attribute
        .getSparseTensorsList()
        .forEach(tensor -> result.addSparseTensors(inline(tensor, memory)));
    return result.build();
  }

  private static SparseTensorProto inline(SparseTensorProto tensor, TensorMemory memory) {
    return tensor.toBuilder()
        .setValues(inline(tensor.getValues(), memory))
        .setIndices(inline(tensor.getIndices(), memory))
        .build();
  }

  private static TensorProto inline(TensorProto tensor, TensorMemory memory) {
    return TensorCodec.isExternal(tensor)
        ? TensorCodec.encode(tensor.getName(), memory.read(tensor))
        : tensor;
  }
}
