package dev.sardonyx.runtime.inputs;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Conversion;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.MapData;
import dev.sardonyx.api.tensor.OptionalData;
import dev.sardonyx.api.tensor.SequenceData;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.MapType;
import dev.sardonyx.api.type.OptionalType;
import dev.sardonyx.api.type.SequenceType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ObjLongConsumer;
import java.util.stream.LongStream;

/**
 * Values of which nothing but the type is known: floats from the standard normal distribution,
 * integers 0 or 1, numbers as strings; sequences of three values, optionals that are there, maps of
 * three keys.
 */
final class ValuesByType {
  private static final int SEVERAL = 3;
  private static final int DIFFERENT_WORDS = 20;
  private static final long MOST_STRINGS = 1L << 20;

  private final SplittableRandom random;

  ValuesByType(SplittableRandom random) {
    this.random = random;
  }

  /** A value for an input. Errors: UNSUPPORTED for unknown ranks and types; LIMIT. */
  Data of(Value input, OpenSizes sizes) {
    return value(input, input.type(), sizes);
  }

  private Data value(Value input, ValueType type, OpenSizes sizes) {
    return switch (type) {
      case TensorType tensor when tensor.shape().isKnown() && isRandom(tensor.dtype()) ->
          tensor(tensor.withShape(sizes.fixed(tensor.shape())));
      case SequenceType(ValueType element) ->
          new SequenceData(element, several(input, element, sizes));
      case OptionalType(ValueType element) ->
          new OptionalData(element, Optional.of(held(input, element, sizes)));
      case MapType(DType key, ValueType element) ->
          new MapData(keys(key), new SequenceData(element, several(input, element, sizes)));
      case TensorType _, UnknownType _ ->
          throw new SardonyxException(
              ErrorCode.UNSUPPORTED,
              "no random values for input "
                  + input
                  + "; give it with -i "
                  + input.name()
                  + "=FILE.npy or FILE.pb");
    };
  }

  /** What a sequence, an optional or a map holds: a vector where its rank is not known. */
  private Data held(Value input, ValueType type, OpenSizes sizes) {
    return value(
        input,
        type instanceof TensorType tensor && !tensor.shape().isKnown()
            ? tensor.withShape(Shape.of(List.of(new Dim.Unknown())))
            : type,
        sizes);
  }

  private List<Data> several(Value input, ValueType element, OpenSizes sizes) {
    List<Data> values = new ArrayList<>();
    for (int i = 0; i < SEVERAL; i++) {
      values.add(held(input, element, sizes));
    }
    return values;
  }

  private static DenseTensor keys(DType dtype) {
    long[] keys = LongStream.range(0, SEVERAL).toArray();
    return dtype == DType.STRING
        ? DenseTensor.ofStrings(
            LongStream.of(keys).mapToObj(Long::toString).toList(), Shape.of(SEVERAL))
        : Tensor.of(keys, SEVERAL).dense().convert(dtype);
  }

  static boolean isRandom(DType dtype) {
    return dtype == DType.STRING || Conversion.of(DType.FLOAT32, dtype).isPossible();
  }

  /** A tensor of fixed sizes. Errors: LIMIT. */
  DenseTensor tensor(TensorType type) {
    return switch (type.dtype()) {
      case FLOAT64 -> fill(type, (data, i) -> data.set(JAVA_DOUBLE, 8 * i, random.nextGaussian()));
      case INT64 -> fill(type, (data, i) -> data.set(JAVA_LONG, 8 * i, random.nextInt(2)));
      case BOOL, UINT8, INT8 ->
          fill(type, (data, i) -> data.set(JAVA_BYTE, i, (byte) random.nextInt(2)));
      case FLOAT32 ->
          fill(type, (data, i) -> data.set(JAVA_FLOAT, 4 * i, (float) random.nextGaussian()));
      case FLOAT16, BFLOAT16, FLOAT8E4M3FN, FLOAT8E4M3FNUZ -> converted(type, DType.FLOAT32);
      case FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 -> converted(type, DType.FLOAT32);
      case INT32, INT16, UINT16, UINT32, UINT64, INT4, UINT4, INT2, UINT2 ->
          converted(type, DType.UINT8);
      case STRING -> words(type.shape());
      case COMPLEX64, COMPLEX128 -> throw new AssertionError(type); // not isRandom
    };
  }

  /** Numbers as words, because an operator may want to read them. Errors: LIMIT. */
  private DenseTensor words(Shape shape) {
    List<String> words = new ArrayList<>();
    long elements = shape.elements().fixed();
    if (elements > MOST_STRINGS) {
      throw new SardonyxException(
          ErrorCode.LIMIT, elements + " random strings for an input are more than " + MOST_STRINGS);
    }
    for (long i = 0; i < elements; i++) {
      words.add(String.valueOf(random.nextInt(DIFFERENT_WORDS)));
    }
    return DenseTensor.ofStrings(words, shape);
  }

  private DenseTensor converted(TensorType type, DType by) {
    return tensor(new TensorType(by, type.shape())).convert(type.dtype());
  }

  private static DenseTensor fill(TensorType type, ObjLongConsumer<MemorySegment> element) {
    MemorySegment data = DenseTensor.allocate(type.dtype(), type.shape());
    long elements = type.shape().elements().fixed();
    for (long i = 0; i < elements; i++) {
      element.accept(data, i);
    }
    return DenseTensor.view(type.dtype(), type.shape(), data);
  }
}
