package dev.sardonyx.api.op;

import java.nio.ByteBuffer;
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

  /** A list of integers. */
  static Attribute ofInts(List<Integer> values) {
    return new Ints(values.stream().map(Integer::longValue).toList());
  }
}
