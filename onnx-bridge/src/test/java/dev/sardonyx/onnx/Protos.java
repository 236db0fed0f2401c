package dev.sardonyx.onnx;

import com.google.protobuf.ByteString;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.onnx.internal.proto.AttributeProto;
import dev.sardonyx.onnx.internal.proto.AttributeProto.AttributeType;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.ModelProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import dev.sardonyx.onnx.internal.proto.OperatorSetIdProto;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import dev.sardonyx.onnx.internal.proto.TensorShapeProto;
import dev.sardonyx.onnx.internal.proto.TypeProto;
import dev.sardonyx.onnx.internal.proto.ValueInfoProto;
import java.util.List;
import java.util.function.Consumer;

/** Files as other programs write them, right or wrong. */
final class Protos {
  private Protos() {}

  /** Reads a model of this opset with float32 input x [2, 3] and whatever else is put in. */
  static Graph read(int opset, Consumer<GraphProto.Builder> content) {
    return Onnx.read(model(opset, content).toByteArray(), "test.onnx");
  }

  static ModelProto model(int opset, Consumer<GraphProto.Builder> content) {
    var graph = GraphProto.newBuilder().setName("g").addInput(value("x", 1, 2, 3));
    content.accept(graph);
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph)
        .build();
  }

  static ValueInfoProto value(String name, int dtype, long... dims) {
    var shape = TensorShapeProto.newBuilder();
    for (long dim : dims) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dim));
    }
    var tensor = TypeProto.Tensor.newBuilder().setElemType(dtype).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** A value of which nothing is declared. */
  static ValueInfoProto untyped(String name) {
    return ValueInfoProto.newBuilder().setName(name).build();
  }

  static NodeProto node(
      String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(inputs)
        .addAllOutput(outputs)
        .addAllAttribute(List.of(attributes))
        .build();
  }

  static AttributeProto ints(String name, long... values) {
    var result = AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    for (long value : values) {
      result.addInts(value);
    }
    return result.build();
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto real(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static AttributeProto floats(String name, float... values) {
    var result = AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOATS);
    for (float value : values) {
      result.addFloats(value);
    }
    return result.build();
  }

  static AttributeProto string(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  static AttributeProto tensor(String name, TensorProto value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.TENSOR)
        .setT(value)
        .build();
  }

  static AttributeProto graph(String name, GraphProto value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.GRAPH)
        .setG(value)
        .build();
  }

  /** A tensor with raw data. */
  static TensorProto raw(String name, int dtype, List<Long> dims, byte... data) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(dtype)
        .addAllDims(dims)
        .setRawData(ByteString.copyFrom(data))
        .build();
  }
}
