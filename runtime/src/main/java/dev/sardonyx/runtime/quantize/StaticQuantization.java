package dev.sardonyx.runtime.quantize;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.DequantizeLinear;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.Granularity;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Static quantisation: DequantizeLinear before and QuantizeLinear after each convolution, product,
 * sum and pool, as ONNX Runtime's and PyTorch's tools write it. Activations are uint8 with one
 * scale from the values that they take in a run, weights int8 with a scale for each output channel,
 * biases int32.
 */
public final class StaticQuantization {
  private static final Granularity WHOLE = new Granularity(1, 0);
  private static final Granularity CHANNELS = new Granularity(0, 0);

  private final Graph graph;
  private final Map<String, Data> values;
  private final GraphBuilder builder;
  private final Map<String, Value> made = new HashMap<>();
  private final Map<String, Value> dequantized = new HashMap<>();
  private final Map<String, Range> ranges = new HashMap<>();
  private final Set<String> quantizable = new HashSet<>();

  private StaticQuantization(Graph graph, Map<String, Data> values) {
    this.graph = graph;
    this.values = values;
    builder = new GraphBuilder(graph.name());
  }

  /**
   * The quantised graph of one with inputs and outputs of float32.
   *
   * @param values what the inputs of nodes were in a run, by name
   * @throws SardonyxException (UNSUPPORTED) if a value is not among them
   */
  public static Graph of(Graph graph, Map<String, Data> values) {
    return new StaticQuantization(graph, values).quantized();
  }

  private Graph quantized() {
    graph
        .inputs()
        .forEach(input -> made.put(input.name(), builder.input(input.name(), input.type())));
    for (Node node : graph.nodes()) {
      List<Value> inputs = new ArrayList<>();
      boolean whole = isQuantized(node.op());
      for (int i = 0; i < node.inputs().size(); i++) {
        inputs.add(input(node, i, inputs, whole));
      }
      Node copy = builder.add(node.op(), inputs, node.outputs().size(), node.origin());
      for (int i = 0; i < node.outputs().size(); i++) {
        made.put(node.outputs().get(i).name(), copy.outputs().get(i));
      }
      if (keepsRange(node.op())) {
        ranges.put(node.output().name(), range(node.inputs().getFirst()));
      }
      if (whole) {
        quantizable.add(node.output().name());
      }
    }
    List<Value> outputs =
        graph.outputs().stream()
            .map(output -> quantizable.contains(output.name()) ? dequantized(output) : made(output))
            .toList();
    return builder.build(outputs, graph.metadata());
  }

  private static boolean isQuantized(Op op) {
    return switch (op) {
      case Conv _, Gemm _, BinaryOp.Add _ -> true;
      case PoolOp.MaxPool _, PoolOp.GlobalAveragePool _, Flatten _, Reshape _ -> true;
      default -> false; // all else stays in floats
    };
  }

  /** Whether the output has the scale of the input. */
  private static boolean keepsRange(Op op) {
    return op instanceof PoolOp.MaxPool || op instanceof Flatten || op instanceof Reshape;
  }

  private Value input(Node node, int index, List<Value> before, boolean whole) {
    Value value = node.inputs().get(index);
    if (!value.isPresent()) {
      return value;
    }
    DenseTensor constant = graph.initializers().get(value.name());
    boolean floats = value.tensorType().dtype() == DType.FLOAT32;
    boolean weighted = node.op() instanceof Conv || node.op() instanceof Gemm gemm && gemm.transB();
    if (constant == null) {
      return whole && floats ? dequantized(value) : made(value);
    }
    if (floats && weighted && index == 1) {
      return weights(value, constant);
    }
    if (floats && weighted && index == 2) {
      return bias(value, constant, range(node.inputs().getFirst()), node.inputs().get(1));
    }
    return made.computeIfAbsent(value.name(), name -> builder.initializer(name, constant));
  }

  private Value made(Value value) {
    return Objects.requireNonNull(made.get(value.name()), "values come before their users");
  }

  private Range range(Value value) {
    return ranges.computeIfAbsent(
        value.name(),
        name -> {
          if (!(values.get(name) instanceof Tensor seen)) {
            throw new SardonyxException(
                ErrorCode.UNSUPPORTED, "quantisation needs the values of " + name);
          }
          return Range.of(seen.dense());
        });
  }

  /** A value after it was quantised and back, once for all who read it. */
  private Value dequantized(Value value) {
    Value there = dequantized.get(value.name());
    if (there != null) {
      return there;
    }
    Range range = range(value);
    Value scale =
        builder.initializer(value.name() + ".scale", Tensor.scalar(range.scale()).dense());
    Value zero = builder.initializer(value.name() + ".zero_point", range.zero());
    var quantize = new QuantizeLinear(WHOLE, Optional.empty(), Optional.empty(), true);
    Value numbers = add(quantize, made(value), scale, zero);
    Value back = add(new DequantizeLinear(WHOLE, Optional.empty()), numbers, scale, zero);
    dequantized.put(value.name(), back);
    return back;
  }

  private Value add(Op op, Value... inputs) {
    return builder.add(op, List.of(inputs), Origin.unknown()).output();
  }

  private static float[] scales(DenseTensor weights) {
    float[] values = weights.floats();
    int rows = (int) weights.shape().sizes()[0];
    float[] scales = new float[rows];
    for (int i = 0; i < values.length; i++) {
      int row = i / (values.length / rows);
      scales[row] = Math.max(scales[row], Math.abs(values[i]) / Byte.MAX_VALUE);
    }
    for (int row = 0; row < rows; row++) {
      scales[row] = scales[row] == 0 ? 1 : scales[row];
    }
    return scales;
  }

  private Value weights(Value value, DenseTensor weights) {
    float[] values = weights.floats();
    float[] scales = scales(weights);
    MemorySegment bytes = DenseTensor.allocate(DType.INT8, weights.shape());
    for (int i = 0; i < values.length; i++) {
      float scale = scales[i / (values.length / scales.length)];
      bytes.set(JAVA_BYTE, i, (byte) Math.rint(values[i] / scale));
    }
    Value numbers = builder.initializer(value.name(), tensor(weights.shape(), bytes));
    Value scale =
        builder.initializer(value.name() + ".scale", Tensor.of(scales, scales.length).dense());
    Shape all = Shape.of(scales.length);
    DenseTensor zeros = tensor(all, DenseTensor.allocate(DType.INT8, all));
    Value zero = builder.initializer(value.name() + ".zero_point", zeros);
    return add(new DequantizeLinear(CHANNELS, Optional.empty()), numbers, scale, zero);
  }

  private static DenseTensor tensor(Shape shape, MemorySegment bytes) {
    return DenseTensor.view(DType.INT8, shape, bytes);
  }

  private Value bias(Value value, DenseTensor bias, Range input, Value weights) {
    float[] units = scales(Objects.requireNonNull(graph.initializers().get(weights.name())));
    float[] values = bias.floats();
    int[] numbers = new int[values.length];
    for (int i = 0; i < numbers.length; i++) {
      units[i] = input.scale() * units[i];
      numbers[i] = (int) Math.rint((double) values[i] / units[i]);
    }
    Value whole = builder.initializer(value.name(), Tensor.of(numbers, numbers.length).dense());
    Value scale =
        builder.initializer(value.name() + ".scale", Tensor.of(units, units.length).dense());
    return add(new DequantizeLinear(CHANNELS, Optional.empty()), whole, scale);
  }
}
