package dev.sardonyx.runtime.check;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Conversion;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ObjLongConsumer;

/** Inputs for a graph that nobody gave inputs for: the same seed gives the same values. */
public final class RandomInputs {
  /** Large enough for the kernels of usual image models, small enough to be quick. */
  private static final long SIZE_OF_OTHER_DIMS = 32;

  private RandomInputs() {}

  /**
   * One tensor per input: floats from the standard normal distribution, integers 0 or 1. A symbol
   * without a given size is {@code batch} where it is first met as the first dim of an input, else
   * 32, and the same in all inputs. Errors: INPUT for a symbol that the graph does not have,
   * UNSUPPORTED for inputs that are no tensors of numbers or of unknown rank.
   */
  public static Map<String, Tensor> of(
      Graph graph, long seed, Map<String, Long> sizes, long batch) {
    requireKnown(graph, sizes);
    var random = new SplittableRandom(seed);
    Map<String, Long> bound = new HashMap<>(sizes);
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Value input : graph.inputs()) {
      if (!(input.type() instanceof TensorType type)) {
        throw new SardonyxException(
            ErrorCode.UNSUPPORTED,
            "no random values for input "
                + input
                + ", which is no tensor; sardonyx run takes it with -i "
                + input.name()
                + "=FILE.pb");
      }
      if (!type.shape().isKnown() || !isRandom(type.dtype())) {
        throw new SardonyxException(
            ErrorCode.UNSUPPORTED,
            "no random values for input "
                + input
                + "; give it with -i "
                + input.name()
                + "=FILE.npy or FILE.pb");
      }
      inputs.put(input.name(), tensor(type.withShape(fixed(type.shape(), bound, batch)), random));
    }
    return inputs;
  }

  private static void requireKnown(Graph graph, Map<String, Long> sizes) {
    List<String> symbols =
        graph.inputs().stream()
            .map(Value::type)
            .filter(TensorType.class::isInstance)
            .map(type -> ((TensorType) type).shape())
            .filter(Shape::isKnown)
            .flatMap(shape -> shape.dims().stream())
            .filter(Dim.Symbol.class::isInstance)
            .map(Dim::toString)
            .distinct()
            .toList();
    for (String name : sizes.keySet()) {
      if (!symbols.contains(name)) {
        throw new SardonyxException(
            ErrorCode.INPUT, "no input has a dim '" + name + "'; dims by name: " + symbols);
      }
    }
  }

  /** The shape in numbers; what a symbol is given here is added to the sizes. */
  private static Shape fixed(Shape shape, Map<String, Long> sizes, long batch) {
    List<Dim> dims = new ArrayList<>();
    for (Dim dim : shape.dims()) {
      long fallback = dims.isEmpty() ? batch : SIZE_OF_OTHER_DIMS;
      if (dim instanceof Dim.Symbol(String name)) {
        sizes.putIfAbsent(name, fallback);
      }
      Dim bound = dim.bind(sizes);
      dims.add(bound.isFixed() ? bound : Dim.of(fallback));
    }
    return Shape.of(dims);
  }

  private static boolean isRandom(DType dtype) {
    return Conversion.of(DType.FLOAT32, dtype).isPossible();
  }

  private static Tensor tensor(TensorType type, SplittableRandom random) {
    return switch (type.dtype()) {
      case FLOAT64 -> fill(type, (data, i) -> data.set(JAVA_DOUBLE, 8 * i, random.nextGaussian()));
      case INT64 -> fill(type, (data, i) -> data.set(JAVA_LONG, 8 * i, random.nextInt(2)));
      case BOOL, UINT8, INT8 ->
          fill(type, (data, i) -> data.set(JAVA_BYTE, i, (byte) random.nextInt(2)));
      case FLOAT32 ->
          fill(type, (data, i) -> data.set(JAVA_FLOAT, 4 * i, (float) random.nextGaussian()));
      case FLOAT16, BFLOAT16, FLOAT8E4M3FN, FLOAT8E4M3FNUZ ->
          converted(type, DType.FLOAT32, random);
      case FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 ->
          converted(type, DType.FLOAT32, random);
      case INT32, INT16, UINT16, UINT32, UINT64, INT4, UINT4, INT2, UINT2 ->
          converted(type, DType.UINT8, random);
      case STRING, COMPLEX64, COMPLEX128 -> throw new AssertionError(type); // not isRandom
    };
  }

  private static Tensor converted(TensorType type, DType by, SplittableRandom random) {
    return tensor(new TensorType(by, type.shape()), random).dense().convert(type.dtype());
  }

  private static Tensor fill(TensorType type, ObjLongConsumer<MemorySegment> element) {
    MemorySegment data = DenseTensor.allocate(type.dtype(), type.shape());
    long elements = type.shape().elements().fixed();
    for (long i = 0; i < elements; i++) {
      element.accept(data, i);
    }
    return DenseTensor.view(type.dtype(), type.shape(), data);
  }
}
