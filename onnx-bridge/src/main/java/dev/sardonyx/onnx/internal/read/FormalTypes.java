package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.type.CommonType;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.SequenceType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.onnx.internal.proto.AttributeProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import java.util.ArrayList;
import java.util.List;

/** What a node gives to the inputs of the graphs within it. */
final class FormalTypes {
  private FormalTypes() {}

  /** The types of the first inputs; shapes that may change from round to round are left open. */
  static List<ValueType> of(NodeProto node, int opset, List<Value> inputs) {
    return switch (node.getOpType()) {
      case "Loop" -> loop(inputs);
      case "Scan" -> scan(node, opset < 9 ? ofOneBatch(inputs) : inputs);
      case "SequenceMap" -> inputs.stream().map(FormalTypes::mapped).toList();
      default -> List.of();
    };
  }

  private static List<ValueType> loop(List<Value> inputs) {
    List<ValueType> result = new ArrayList<>();
    result.add(TensorType.of(DType.INT64, new long[0]));
    result.add(TensorType.of(DType.BOOL, new long[0]));
    inputs.stream().skip(2).map(value -> open(value.type())).forEach(result::add);
    return result;
  }

  private static ValueType mapped(Value value) {
    return value.type() instanceof SequenceType(ValueType element) ? element : value.type();
  }

  /** Of a tensor only the rank is kept, of other values not even that. */
  private static ValueType open(ValueType type) {
    if (!(type instanceof TensorType tensor) || !tensor.shape().isKnown()) {
      return CommonType.open(type);
    }
    List<Dim> dims = new ArrayList<>();
    tensor.shape().dims().forEach(_ -> dims.add(new Dim.Unknown()));
    return tensor.withShape(Shape.of(dims));
  }

  /** The first Scan had lengths before all else, and a batch axis before all others. */
  private static List<Value> ofOneBatch(List<Value> inputs) {
    return inputs.stream()
        .skip(1)
        .map(value -> new Value(value.name(), element(value.type())))
        .toList();
  }

  private static List<ValueType> scan(NodeProto node, List<Value> inputs) {
    int scanned = 0;
    for (AttributeProto attribute : node.getAttributeList()) {
      scanned = attribute.getName().equals("num_scan_inputs") ? (int) attribute.getI() : scanned;
    }
    List<ValueType> result = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      ValueType type = inputs.get(i).type();
      result.add(i < inputs.size() - scanned ? open(type) : element(type));
    }
    return result;
  }

  private static ValueType element(ValueType type) {
    if (!(type instanceof TensorType tensor) || !tensor.shape().isKnown() || tensor.rank() == 0) {
      return type instanceof TensorType tensor ? tensor.withShape(Shape.unknown()) : type;
    }
    List<Dim> dims = new ArrayList<>();
    tensor.shape().dims().stream().skip(1).forEach(_ -> dims.add(new Dim.Unknown()));
    return tensor.withShape(Shape.of(dims));
  }
}
