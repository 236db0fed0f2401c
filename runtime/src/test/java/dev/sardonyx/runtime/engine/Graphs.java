package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.error.SourceLocation;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Short ways to write graphs in tests; nodes get source lines Net.java:1, 2, 3... */
public final class Graphs {
  private final GraphBuilder builder = new GraphBuilder("net");
  private int line;

  /** An input of float32 with dims as text. */
  public Value input(String name, String... dims) {
    return builder.input(name, TensorType.of(DType.FLOAT32, dims));
  }

  /** An input of int64 with dims as text. */
  public Value indices(String name, String... dims) {
    return builder.input(name, TensorType.of(DType.INT64, dims));
  }

  /** A constant. */
  public Value constant(String name, Tensor tensor) {
    return builder.initializer(name, tensor.dense());
  }

  /** A node's first output. */
  public Value add(Op op, Value... inputs) {
    line++;
    var origin = new Origin("", Optional.of(new SourceLocation("Net.java", line)));
    return builder.add(op, List.of(inputs), origin).output();
  }

  /** A node's second output. */
  public Value second(Op op, Value... inputs) {
    return builder.add(op, List.of(inputs), Origin.unknown()).outputs().get(1);
  }

  /** The initializer or output of that name, which must be there. */
  public static <T> T named(Map<String, T> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  /** The graph with these outputs. */
  public Graph outputs(Value... outputs) {
    return builder.build(List.of(outputs), Map.of());
  }
}
