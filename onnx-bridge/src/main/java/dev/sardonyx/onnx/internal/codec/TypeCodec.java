package dev.sardonyx.onnx.internal.codec;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.MapType;
import dev.sardonyx.api.type.OptionalType;
import dev.sardonyx.api.type.SequenceType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.onnx.internal.proto.TensorShapeProto;
import dev.sardonyx.onnx.internal.proto.TypeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Types of values. Nesting is bounded by the parser's recursion limit. */
public final class TypeCodec {
  private static final int HIGHEST_RANK = 1024;

  private TypeCodec() {}

  /**
   * The type that a message gives, or empty where it gives none. Errors: FORMAT for a negative dim
   * or an element type that ONNX does not have, UNSUPPORTED for sparse and opaque types, LIMIT for
   * a rank above 1024.
   */
  public static Optional<ValueType> decode(TypeProto type) {
    return switch (type.getValueCase()) {
      case TENSOR_TYPE ->
          type.getTensorType().getElemType() == 0
              ? Optional.empty()
              : Optional.of(tensor(type.getTensorType()));
      case SEQUENCE_TYPE -> decode(type.getSequenceType().getElemType()).map(SequenceType::new);
      case OPTIONAL_TYPE -> decode(type.getOptionalType().getElemType()).map(OptionalType::new);
      case MAP_TYPE -> {
        DType key = DType.ofOnnxCode(type.getMapType().getKeyType());
        yield decode(type.getMapType().getValueType()).map(value -> new MapType(key, value));
      }
      case SPARSE_TENSOR_TYPE, OPAQUE_TYPE ->
          throw new SardonyxException(
              ErrorCode.UNSUPPORTED,
              "values of " + type.getValueCase() + " are not supported; expected a tensor");
      case VALUE_NOT_SET -> Optional.empty();
    };
  }

  private static TensorType tensor(TypeProto.Tensor type) {
    DType dtype = DType.ofOnnxCode(type.getElemType());
    if (!type.hasShape()) {
      return new TensorType(dtype, Shape.unknown());
    }
    TensorShapeProto shape = type.getShape();
    if (shape.getDimCount() > HIGHEST_RANK) {
      throw new SardonyxException(
          ErrorCode.LIMIT, "rank " + shape.getDimCount() + " exceeds the limit " + HIGHEST_RANK);
    }
    List<Dim> dims = new ArrayList<>();
    for (TensorShapeProto.Dimension dim : shape.getDimList()) {
      dims.add(dim(dim));
    }
    return new TensorType(dtype, Shape.of(dims));
  }

  private static Dim dim(TensorShapeProto.Dimension dim) {
    return switch (dim.getValueCase()) {
      case DIM_VALUE -> {
        if (dim.getDimValue() < 0) {
          throw new SardonyxException(
              ErrorCode.FORMAT, "dims must be 0 or more, found " + dim.getDimValue());
        }
        yield Dim.of(dim.getDimValue());
      }
      case DIM_PARAM ->
          dim.getDimParam().isEmpty() ? new Dim.Unknown() : new Dim.Symbol(dim.getDimParam());
      case VALUE_NOT_SET -> new Dim.Unknown();
    };
  }

  /** The message of a type. */
  public static TypeProto encode(ValueType type) {
    var result = TypeProto.newBuilder();
    switch (type) {
      case TensorType tensor -> result.setTensorType(encode(tensor));
      case SequenceType(ValueType element) ->
          result.setSequenceType(TypeProto.Sequence.newBuilder().setElemType(encode(element)));
      case OptionalType(ValueType element) ->
          result.setOptionalType(TypeProto.Optional.newBuilder().setElemType(encode(element)));
      case MapType(DType key, ValueType value) ->
          result.setMapType(
              TypeProto.Map.newBuilder().setKeyType(key.onnxCode()).setValueType(encode(value)));
      case UnknownType _ -> {} // a message without a type says just that
    }
    return result.build();
  }

  private static TypeProto.Tensor encode(TensorType type) {
    var result = TypeProto.Tensor.newBuilder().setElemType(type.dtype().onnxCode());
    if (type.shape().isKnown()) {
      var shape = TensorShapeProto.newBuilder();
      type.shape().dims().forEach(dim -> shape.addDim(encode(dim)));
      result.setShape(shape);
    }
    return result.build();
  }

  private static TensorShapeProto.Dimension encode(Dim dim) {
    var result = TensorShapeProto.Dimension.newBuilder();
    return switch (dim) {
      case Dim.Fixed(long size) -> result.setDimValue(size).build();
      case Dim.Symbol(String name) -> result.setDimParam(name).build();
      case Dim.Derived derived -> result.setDimParam(derived.toString()).build();
      case Dim.Unknown _ -> result.build();
    };
  }
}
