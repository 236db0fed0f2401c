package dev.sardonyx.onnx.internal.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.Body;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.onnx.internal.proto.AttributeProto;
import dev.sardonyx.onnx.internal.proto.AttributeProto.AttributeType;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Attributes of nodes. Tensors of many elements and types, which the vocabulary does not know, are
 * kept as the bytes of their message.
 */
public final class AttributeCodec {
  private AttributeCodec() {}

  /**
   * The attributes of a node. Errors: FORMAT for a name twice or a kind that is none of ONNX's.
   *
   * @param graphs reads a graph
   */
  public static Attributes decode(List<AttributeProto> protos, Function<GraphProto, Body> graphs) {
    Map<String, Attribute> result = new LinkedHashMap<>();
    for (AttributeProto proto : protos) {
      Attribute value =
          kind(proto) == AttributeType.GRAPH
              ? new Attribute.Subgraph(graphs.apply(proto.getG()))
              : decode(proto);
      if (result.put(proto.getName(), value) != null) {
        throw new SardonyxException(
            ErrorCode.FORMAT, "attribute '" + proto.getName() + "' is given twice");
      }
    }
    return new Attributes(result);
  }

  private static Attribute decode(AttributeProto proto) {
    if (!proto.getRefAttrName().isEmpty()) {
      throw new SardonyxException(
          ErrorCode.FORMAT,
          "attribute '"
              + proto.getName()
              + "' refers to '"
              + proto.getRefAttrName()
              + "', which only the body of a function may do");
    }
    return switch (kind(proto)) {
      case FLOAT -> Attribute.of(proto.getF());
      case INT -> Attribute.of(proto.getI());
      case STRING ->
          proto.getS().isValidUtf8()
              ? Attribute.of(proto.getS().toStringUtf8())
              : encoded(proto, AttributeType.STRING);
      case FLOATS -> new Attribute.Floats(proto.getFloatsList());
      case INTS -> new Attribute.Ints(proto.getIntsList());
      case STRINGS ->
          proto.getStringsList().stream().allMatch(ByteString::isValidUtf8)
              ? new Attribute.Strings(
                  proto.getStringsList().stream().map(ByteString::toStringUtf8).toList())
              : encoded(proto, AttributeType.STRINGS);
      case TENSOR -> isElement(proto.getT()) ? element(proto.getT()) : encoded(proto, kind(proto));
      case TYPE_PROTO ->
          TypeCodec.decode(proto.getTp())
              .<Attribute>map(Attribute.TypeValue::new)
              .orElseGet(() -> encoded(proto, AttributeType.TYPE_PROTO));
      case SPARSE_TENSOR -> encoded(proto, kind(proto));
      case TENSORS, SPARSE_TENSORS, TYPE_PROTOS -> encoded(proto, kind(proto));
      case GRAPH, GRAPHS ->
          throw new SardonyxException(
              ErrorCode.UNSUPPORTED,
              "attribute '" + proto.getName() + "' is a list of graphs; no operator has one");
      case UNDEFINED, UNRECOGNIZED ->
          throw new SardonyxException(
              ErrorCode.FORMAT,
              "attribute '"
                  + proto.getName()
                  + "' has no kind that ONNX knows (1 to 14), found "
                  + proto.getTypeValue());
    };
  }

  /** The declared kind, or in files that declare none the kind of the field that is set. */
  public static AttributeType kind(AttributeProto proto) {
    if (proto.getType() != AttributeType.UNDEFINED) {
      return proto.getType();
    }
    if (proto.hasF()) {
      return AttributeType.FLOAT;
    } else if (proto.hasI()) {
      return AttributeType.INT;
    } else if (proto.hasS()) {
      return AttributeType.STRING;
    } else if (proto.hasT()) {
      return AttributeType.TENSOR;
    } else if (proto.hasG()) {
      return AttributeType.GRAPH;
    } else if (proto.hasTp()) {
      return AttributeType.TYPE_PROTO;
    } else if (proto.getFloatsCount() > 0) {
      return AttributeType.FLOATS;
    } else if (proto.getIntsCount() > 0) {
      return AttributeType.INTS;
    } else if (proto.getStringsCount() > 0) {
      return AttributeType.STRINGS;
    }
    return AttributeType.UNDEFINED;
  }

  /** Whether a tensor is of numbers here and now. */
  private static boolean isElement(TensorProto proto) {
    boolean inline =
        proto.getDataLocation() != TensorProto.DataLocation.EXTERNAL && !proto.hasSegment();
    return inline && proto.getDataType() != DType.STRING.onnxCode() && proto.getDataType() != 0;
  }

  private static Attribute element(TensorProto proto) {
    DenseTensor tensor = TensorCodec.decode(proto, Arena.ofAuto());
    return new Attribute.TensorValue(
        tensor.dtype(), proto.getDimsList(), tensor.segment().asByteBuffer());
  }

  private static TensorProto tensor(Attribute.TensorValue value) {
    Shape shape = Shape.of(value.dims().stream().mapToLong(Long::longValue).toArray());
    return TensorCodec.encode(
        "", DenseTensor.view(value.dtype(), shape, MemorySegment.ofBuffer(value.bytes())));
  }

  private static Attribute encoded(AttributeProto proto, AttributeType kind) {
    AttributeProto nameless = proto.toBuilder().clearName().setType(kind).build();
    return new Attribute.Encoded(
        kind.name().toLowerCase(Locale.ROOT), ByteBuffer.wrap(nameless.toByteArray()));
  }

  /**
   * The message of an attribute. Errors: FORMAT for encoded bytes that are no attribute.
   *
   * @param graphs writes a graph
   */
  public static AttributeProto encode(
      String name, Attribute value, Function<Body, GraphProto> graphs) {
    var result = AttributeProto.newBuilder().setName(name);
    return switch (value) {
      case Attribute.IntValue(long i) -> result.setType(AttributeType.INT).setI(i).build();
      case Attribute.FloatValue(float f) -> result.setType(AttributeType.FLOAT).setF(f).build();
      case Attribute.StringValue(String s) ->
          result.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(s)).build();
      case Attribute.Ints(List<Long> ints) ->
          result.setType(AttributeType.INTS).addAllInts(ints).build();
      case Attribute.Floats(List<Float> floats) ->
          result.setType(AttributeType.FLOATS).addAllFloats(floats).build();
      case Attribute.Strings(List<String> strings) ->
          result
              .setType(AttributeType.STRINGS)
              .addAllStrings(strings.stream().map(ByteString::copyFromUtf8).toList())
              .build();
      case Attribute.TensorValue tensor ->
          result.setType(AttributeType.TENSOR).setT(tensor(tensor)).build();
      case Attribute.TypeValue(ValueType type) ->
          result.setType(AttributeType.TYPE_PROTO).setTp(TypeCodec.encode(type)).build();
      case Attribute.Subgraph(Body body) ->
          result.setType(AttributeType.GRAPH).setG(graphs.apply(body)).build();
      case Attribute.Encoded encoded -> parse(encoded).toBuilder().setName(name).build();
    };
  }

  /** The message that an encoded attribute holds, without its name. Errors: FORMAT. */
  public static AttributeProto parse(Attribute.Encoded encoded) {
    try {
      return AttributeProto.parseFrom(encoded.bytes().duplicate());
    } catch (InvalidProtocolBufferException error) {
      throw new SardonyxException(
          ErrorCode.FORMAT,
          "the bytes of " + encoded + " are no ONNX attribute: " + error.getMessage(),
          error);
    }
  }
}
