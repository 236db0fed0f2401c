package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;

/** The value of an operator's attribute. Source: onnx.proto, AttributeProto. */
public sealed interface Attribute {
  record IntValue(long value) implements Attribute {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  record FloatValue(float value) implements Attribute {
    @Override
    public String toString() {
      return Float.toString(value);
    }
  }

  record StringValue(String value) implements Attribute {
    @Override
    public String toString() {
      return '"' + value + '"';
    }
  }

  record Ints(List<Long> values) implements Attribute {
    public Ints {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return values.toString();
    }
  }

  record Floats(List<Float> values) implements Attribute {
    public Floats {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return values.toString();
    }
  }

  record Strings(List<String> values) implements Attribute {
    public Strings {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return values.toString();
    }
  }

  /** A small tensor; its bytes are in the machine's order. */
  record TensorValue(DType dtype, List<Long> dims, ByteBuffer bytes) implements Attribute {
    public TensorValue {
      dims = List.copyOf(dims);
      bytes = bytes.asReadOnlyBuffer().order(ByteOrder.nativeOrder());
    }

    /** The elements as numbers. Errors: UNSUPPORTED for a type that no attribute has. */
    double[] numbers() {
      double[] values =
          new double[Math.multiplyExact(bytes.remaining(), 8) / Math.max(1, dtype.bits())];
      for (int i = 0; i < values.length; i++) {
        values[i] = number(i);
      }
      return values;
    }

    private double number(int index) {
      int at = bytes.position() + index * dtype.bits() / 8;
      return switch (dtype) {
        case FLOAT32 -> bytes.getFloat(at);
        case FLOAT64 -> bytes.getDouble(at);
        case FLOAT16 -> Float.float16ToFloat(bytes.getShort(at));
        case UINT8 -> bytes.get(at) & 0xFF;
        case INT64 -> bytes.getLong(at);
        default ->
            throw new SardonyxException(
                ErrorCode.UNSUPPORTED, "an attribute has numbers of " + dtype);
      };
    }

    /** The number of elements. */
    public long elements() {
      return dims.stream().reduce(1L, (a, b) -> a * b);
    }

    @Override
    public String toString() {
      return dtype + "" + dims + " " + HexFormat.of().formatHex(hex());
    }

    private byte[] hex() {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return copy;
    }
  }

  /** A type of values. */
  record TypeValue(ValueType type) implements Attribute {
    @Override
    public String toString() {
      return type.toString();
    }
  }

  /** A graph that an operator runs. */
  record Subgraph(Body body) implements Attribute {
    @Override
    public String toString() {
      return body.toString();
    }
  }

  /**
   * A value that only a file format understands (a tensor, a graph), kept as its bytes so that an
   * operator we do not know survives a round trip.
   */
  record Encoded(String kind, ByteBuffer bytes) implements Attribute {
    public Encoded {
      bytes = bytes.asReadOnlyBuffer();
    }

    @Override
    public String toString() {
      return "<" + kind + ", " + bytes.remaining() + " bytes>";
    }
  }

  /** A boolean, which ONNX writes as 0 or 1. */
  static Attribute of(boolean value) {
    return new IntValue(value ? 1 : 0);
  }

  /** An integer. */
  static Attribute of(long value) {
    return new IntValue(value);
  }

  /** A float. */
  static Attribute of(float value) {
    return new FloatValue(value);
  }

  /** A string. */
  static Attribute of(String value) {
    return new StringValue(value);
  }

  /** A tensor of one float32 element. */
  static TensorValue ofScalar(float value) {
    var bytes = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.nativeOrder());
    return new TensorValue(DType.FLOAT32, List.of(1L), bytes.putFloat(0, value));
  }

  /** A tensor of one int64 element. */
  static TensorValue ofScalar(long value) {
    var bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    return new TensorValue(DType.INT64, List.of(1L), bytes.putLong(0, value));
  }

  /** A list of integers. */
  static Attribute ofInts(List<Integer> values) {
    return new Ints(values.stream().map(Integer::longValue).toList());
  }
}
