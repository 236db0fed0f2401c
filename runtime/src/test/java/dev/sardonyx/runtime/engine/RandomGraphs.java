package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.NormalizationOp.BatchNormalization;
import dev.sardonyx.api.op.NormalizationOp.Softmax;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Random graphs over values of one shape, full of what passes and buffer sharing look for. */
public final class RandomGraphs {
  private static final int SIZE = 4;

  private final Random random;
  private final GraphBuilder builder;
  private final List<Value> values = new ArrayList<>();

  private RandomGraphs(long seed) {
    random = new Random(seed);
    builder = new GraphBuilder("random " + seed);
  }

  /** A graph of inputs a and b, {@code float32[batch, 4, 4, 4]}, with a few outputs. */
  public static Graph of(long seed, int nodes) {
    return new RandomGraphs(seed).build(nodes);
  }

  /** Inputs for such a graph. */
  public static Map<String, Tensor> inputs(long seed, int batch) {
    return Map.of(
        "a", Operators.random(seed, batch, SIZE, SIZE, SIZE),
        "b", Operators.random(seed + 1, batch, SIZE, SIZE, SIZE));
  }

  private Graph build(int nodes) {
    TensorType type = TensorType.of(DType.FLOAT32, "batch", "4", "4", "4");
    values.add(builder.input("a", type));
    values.add(builder.input("b", type));
    values.add(builder.initializer("c", tensor(1, SIZE, SIZE, SIZE)));
    for (int i = 0; i < nodes; i++) {
      values.add(next());
    }
    Set<String> names = new HashSet<>();
    Set<Value> outputs = new LinkedHashSet<>();
    outputs.add(values.getLast());
    for (Value value : values) {
      if (random.nextInt(6) == 0 && names.add(value.name())) {
        outputs.add(value);
      }
    }
    return builder.build(List.copyOf(outputs), Map.of());
  }

  private DenseTensor tensor(long... sizes) {
    return Operators.random(random.nextLong(), sizes).dense();
  }

  /** Mostly recent values, so that chains form; sometimes old ones, so that buffers stay alive. */
  private Value any() {
    int back = random.nextInt(4) == 0 ? values.size() : Math.min(3, values.size());
    return values.get(values.size() - 1 - random.nextInt(back));
  }

  private Value next() {
    return switch (random.nextInt(12)) {
      case 0 -> add(new UnaryOp.Identity(), any());
      case 1, 2 -> add(new UnaryOp.Relu(), any());
      case 3 -> add(new UnaryOp.Tanh(), any());
      case 4, 5 -> add(new BinaryOp.Add(), any(), any());
      case 6 -> add(new BinaryOp.Mul(), any(), builder.constant(tensor(SIZE, 1, 1)));
      case 7 -> add(new Transpose(List.of(0, 2, 1, 3)), any());
      case 8 -> linear();
      case 9 -> normalization(any());
      case 10 -> random.nextBoolean() ? normalization(convolution()) : convolution();
      default -> reshaped();
    };
  }

  private Value linear() {
    Value product = add(new MatMul(), any(), builder.constant(tensor(SIZE, SIZE)));
    return random.nextBoolean()
        ? add(new BinaryOp.Add(), product, builder.constant(tensor(SIZE)))
        : product;
  }

  private Value convolution() {
    Window window = Window.of(List.of(3, 3), List.of(1, 1), List.of(1, 1), List.of(1, 1));
    Value weights = builder.constant(tensor(SIZE, SIZE, 3, 3));
    return random.nextBoolean()
        ? add(new Conv(window, 1), any(), weights)
        : add(new Conv(window, 1), any(), weights, builder.constant(tensor(SIZE)));
  }

  private Value normalization(Value x) {
    Value variance = builder.constant(Operators.random(random.nextLong(), SIZE).add(2).dense());
    return add(
        new BatchNormalization(1e-3f),
        x,
        builder.constant(tensor(SIZE)),
        builder.constant(tensor(SIZE)),
        builder.constant(tensor(SIZE)),
        variance);
  }

  private Value reshaped() {
    Value axis = builder.constant(Tensor.of(new long[] {1}, 1).dense());
    Value more = add(new AxesOp.Unsqueeze(), any(), axis);
    Value soft = random.nextBoolean() ? add(new Softmax(-1), more) : more;
    return add(new AxesOp.Squeeze(), soft, axis);
  }

  private Value add(Op op, Value... inputs) {
    return builder.add(op, List.of(inputs), Origin.unknown()).output();
  }
}
