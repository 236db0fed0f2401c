package dev.sardonyx.onnx.internal.codec;

import com.google.protobuf.ByteString;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.onnx.internal.proto.MapProto;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.lang.foreign.Arena;
import java.util.HashSet;
import java.util.List;

/** The keys of maps: strings, or integers of any type in one field of 64 bits. */
final class MapKeys {
  private MapKeys() {}

  /** A vector of the keys. Errors: FORMAT for another type or a key that is there twice. */
  static DenseTensor decode(MapProto proto, DType declared, Arena arena) {
    DType type = DType.ofOnnxCode(proto.getKeyType());
    boolean strings = type == DType.STRING;
    List<?> keys = strings ? proto.getStringKeysList() : proto.getKeysList();
    int others = strings ? proto.getKeysCount() : proto.getStringKeysCount();
    if (type != declared || others > 0) {
      throw format("expected keys of " + declared + ", found keys of " + type);
    }
    if (new HashSet<>(keys).size() != keys.size()) {
      throw format("a map has a key twice");
    }
    var tensor = TensorProto.newBuilder().setName("keys").setDataType(type.onnxCode());
    tensor.addDims(keys.size());
    switch (TypedData.field(type)) {
      case STRING_DATA -> tensor.addAllStringData(proto.getStringKeysList());
      case INT64_DATA -> tensor.addAllInt64Data(proto.getKeysList());
      case UINT64_DATA -> tensor.addAllUint64Data(proto.getKeysList());
      case INT32_DATA -> proto.getKeysList().forEach(key -> tensor.addInt32Data(narrow(key)));
      case FLOAT_DATA, DOUBLE_DATA -> throw format("keys of " + type + " cannot be");
    }
    return TensorCodec.decode(tensor.build(), arena);
  }

  private static int narrow(long key) {
    if (key != (int) key) {
      throw format("key " + key + " exceeds its type");
    }
    return (int) key;
  }

  /** Adds keys to a message. */
  static void encode(DenseTensor keys, MapProto.Builder target) {
    target.setKeyType(keys.dtype().onnxCode());
    if (keys.dtype() == DType.STRING) {
      keys.strings().forEach(key -> target.addStringKeys(ByteString.copyFromUtf8(key)));
      return;
    }
    for (long i = 0; i < keys.elements(); i++) {
      target.addKeys(keys.dtype() == DType.INT64 ? keys.longAt(i) : (long) keys.doubleAt(i));
    }
  }

  private static SardonyxException format(String reason) {
    return new SardonyxException(ErrorCode.FORMAT, reason);
  }
}
