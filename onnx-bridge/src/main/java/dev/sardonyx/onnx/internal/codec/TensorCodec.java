package dev.sardonyx.onnx.internal.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.file.AtomicFile;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/** Tensors with their data. */
public final class TensorCodec {
  private static final int HIGHEST_RANK = 1024;

  /** Cache lines, and the widest vectors. */
  private static final long ALIGNMENT = 64;

  private TensorCodec() {}

  /**
   * The tensor of a message, in memory of an arena. Errors: FORMAT when dims and data do not agree,
   * LIMIT for sizes beyond 64 bits, UNSUPPORTED for external data.
   */
  public static DenseTensor decode(TensorProto proto, Arena arena) {
    return decode(proto, arena, ExternalData.none(), Optional.empty());
  }

  /**
   * The same with data in other files, or raw data that has been read. Errors: as there; what
   * reading it reports.
   */
  static DenseTensor decode(
      TensorProto proto, Arena arena, ExternalData external, Optional<MemorySegment> raw) {
    try {
      DType dtype = DType.ofOnnxCode(proto.getDataType());
      requireWhole(proto);
      Shape shape = shape(proto.getDimsList());
      if (dtype == DType.STRING) {
        requireNotExternal(proto);
        return strings(proto, shape);
      }
      long bytes = dtype.bytes(shape.elements().fixed());
      MemorySegment data =
          isExternal(proto)
              ? LittleEndian.flipped(external.read(proto, bytes, arena), dtype, arena)
              : inline(proto, dtype, shape, arena, raw);
      if (dtype == DType.BOOL) {
        requireBooleans(data);
      }
      return DenseTensor.view(dtype, shape, data);
    } catch (SardonyxException error) {
      throw new SardonyxException(
          error.code(), "tensor '" + proto.getName() + "': " + error.reason(), error);
    }
  }

  /** Whether a tensor's data lies in another file. */
  public static boolean isExternal(TensorProto proto) {
    return proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL
        || proto.getExternalDataCount() > 0;
  }

  private static MemorySegment inline(
      TensorProto proto, DType dtype, Shape shape, Arena arena, Optional<MemorySegment> raw) {
    long bytes = dtype.bytes(shape.elements().fixed());
    long given = raw.map(MemorySegment::byteSize).orElse((long) proto.getRawData().size());
    requireLength(proto, dtype, shape, bytes, given);
    MemorySegment data = raw.orElseGet(() -> arena.allocate(bytes, ALIGNMENT));
    if (proto.hasRawData()) {
      if (raw.isEmpty()) {
        proto.getRawData().copyTo(data.asByteBuffer());
      }
      LittleEndian.flip(data, dtype);
    } else {
      TypedData.copy(proto, dtype, data);
    }
    return data;
  }

  private static void requireWhole(TensorProto proto) {
    if (proto.hasSegment()) {
      throw new SardonyxException(ErrorCode.FORMAT, "it is a segment of a tensor; nobody reads it");
    }
    boolean twice = proto.hasRawData() || TypedData.total(proto) > 0;
    if (isExternal(proto) && twice) {
      throw new SardonyxException(
          ErrorCode.FORMAT, "its data is given twice, here and in another file; expected one");
    }
  }

  private static void requireNotExternal(TensorProto proto) {
    if (isExternal(proto)) {
      throw new SardonyxException(ErrorCode.FORMAT, "strings cannot lie in another file");
    }
  }

  private static DenseTensor strings(TensorProto proto, Shape shape) {
    long expected = shape.elements().fixed();
    if (proto.hasRawData() || proto.getStringDataCount() != expected) {
      throw new SardonyxException(
          ErrorCode.FORMAT,
          shape
              + " takes as many strings in string_data, found "
              + proto.getStringDataCount()
              + (proto.hasRawData() ? " and raw_data" : ""));
    }
    return DenseTensor.ofStrings(
        proto.getStringDataList().stream().map(TensorCodec::string).toList(), shape);
  }

  private static String string(ByteString bytes) {
    if (!bytes.isValidUtf8()) {
      throw new SardonyxException(ErrorCode.FORMAT, "a string in it is not valid UTF-8");
    }
    return bytes.toStringUtf8();
  }

  /** A shape of fixed dims. Errors: FORMAT for a negative dim, LIMIT for rank above 1024. */
  public static Shape shape(List<Long> dims) {
    if (dims.size() > HIGHEST_RANK) {
      throw new SardonyxException(
          ErrorCode.LIMIT, "rank " + dims.size() + " exceeds the limit " + HIGHEST_RANK);
    }
    if (dims.stream().anyMatch(dim -> dim < 0)) {
      throw new SardonyxException(ErrorCode.FORMAT, "dims must be 0 or more, found " + dims);
    }
    return Shape.of(dims.stream().mapToLong(Long::longValue).toArray());
  }

  private static void requireLength(
      TensorProto proto, DType dtype, Shape shape, long bytes, long given) {
    boolean typed = TypedData.total(proto) > 0;
    if (proto.hasRawData() && typed) {
      throw new SardonyxException(
          ErrorCode.FORMAT, "its data is given twice, raw and typed; expected one");
    }
    String both = dtype + "" + shape + " takes ";
    if (proto.hasRawData() && given != bytes) {
      throw new SardonyxException(ErrorCode.FORMAT, both + bytes + " bytes, raw_data has " + given);
    }
    long entries = TypedData.entries(dtype, shape.elements().fixed());
    boolean fits = TypedData.count(proto, dtype) == entries && TypedData.total(proto) == entries;
    if (!proto.hasRawData() && !fits) {
      throw new SardonyxException(
          ErrorCode.FORMAT,
          both
              + entries
              + " entries of "
              + TypedData.field(dtype)
              + ", found "
              + TypedData.count(proto, dtype)
              + " there and "
              + (TypedData.total(proto) - TypedData.count(proto, dtype))
              + " in other fields");
    }
  }

  private static void requireBooleans(MemorySegment data) {
    for (long i = 0; i < data.byteSize(); i++) {
      byte value = data.get(ValueLayout.JAVA_BYTE, i);
      if (value != 0 && value != 1) {
        throw new SardonyxException(
            ErrorCode.FORMAT, "bools must be 0 or 1, found " + value + " at " + i);
      }
    }
  }

  /** The message of a tensor, its data raw and little-endian, or strings. */
  public static TensorProto encode(String name, DenseTensor tensor) {
    var result = header(name, tensor);
    if (tensor.dtype() == DType.STRING) {
      tensor.strings().forEach(string -> result.addStringData(ByteString.copyFromUtf8(string)));
      return result.build();
    }
    MemorySegment copy =
        MemorySegment.ofArray(new byte[Math.toIntExact(tensor.segment().byteSize())]);
    copy.copyFrom(tensor.segment());
    LittleEndian.flip(copy, tensor.dtype());
    ByteString data = UnsafeByteOperations.unsafeWrap(copy.asByteBuffer());
    return result.setRawData(data).build();
  }

  /** The message of a tensor without its data. */
  public static TensorProto.Builder header(String name, DenseTensor tensor) {
    var result = TensorProto.newBuilder();
    for (long dim : tensor.type().shape().sizes()) {
      result.addDims(dim);
    }
    return result.setDataType(tensor.dtype().onnxCode()).setName(name);
  }

  /** Writes a tensor's data, little-endian, of any size. Errors: DTYPE for strings. */
  public static void write(DenseTensor tensor, OutputStream out) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      AtomicFile.copy(LittleEndian.flipped(tensor.segment(), tensor.dtype(), arena), out);
    }
  }
}
