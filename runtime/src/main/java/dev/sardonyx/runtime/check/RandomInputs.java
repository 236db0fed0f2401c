package dev.sardonyx.runtime.check;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Inputs for a graph that nobody gave inputs for: the same seed gives the same values. */
public final class RandomInputs {
  /** Large enough for the kernels of usual image models, small enough to be quick. */
  private static final long SIZE_OF_OTHER_DIMS = 32;

  private RandomInputs() {}

  /**
   * One tensor per input: floats from the standard normal distribution, integers 0 or 1. A symbol
   * without a given size is {@code batch} where it is first met as the first dim of an input, else
   * 32, and the same in all inputs. Errors: INPUT for a symbol that the graph does not have,
   * UNSUPPORTED for inputs that are no tensors.
   */
  public static Map<String, Tensor> of(
      Graph graph, long seed, Map<String, Long> sizes, long batch) {
    requireKnown(graph, sizes);
    var random = new SplittableRandom(seed);
    Map<String, Long> bound = new HashMap<>(sizes);
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Value input : graph.inputs()) {
      if (!(input.type() instanceof TensorType type) || !type.shape().isKnown()) {
        throw new SardonyxException(
            ErrorCode.UNSUPPORTED,
            "no random values for input "
                + input
                + "; give it with -i "
                + input.name()
                + "=FILE.npy");
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

  private static Tensor tensor(TensorType type, SplittableRandom random) {
    MemorySegment data = DenseTensor.allocate(type.dtype(), type.shape());
    long elements = type.shape().elements().fixed();
    for (long i = 0; i < elements; i++) {
      switch (type.dtype()) {
        case FLOAT32 -> data.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
        case FLOAT64 -> data.setAtIndex(ValueLayout.JAVA_DOUBLE, i, random.nextGaussian());
        case INT64 -> data.setAtIndex(ValueLayout.JAVA_LONG, i, random.nextInt(2));
        case INT32 -> data.setAtIndex(ValueLayout.JAVA_INT, i, random.nextInt(2));
        case BOOL, UINT8, INT8 -> data.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt(2));
        default ->
            throw new SardonyxException(
                ErrorCode.UNSUPPORTED, "no random values of " + type.dtype() + " yet");
      }
    }
    return DenseTensor.view(type.dtype(), type.shape(), data);
  }
}
