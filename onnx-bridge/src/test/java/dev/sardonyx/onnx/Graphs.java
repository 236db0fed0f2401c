package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.SourceLocation;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.GraphDifference;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Graphs and tensors for tests. */
public final class Graphs {
  private Graphs() {}

  /** Two layers with symbolic batch, origins and metadata; needs opset 18. */
  public static Graph twoLayers() {
    var builder = new GraphBuilder("TwoLayers");
    Value x = builder.input("x", TensorType.of(DType.FLOAT32, "batch", "4"));
    Value weight = builder.initializer("fc1.weight", floats(Shape.of(3, 4)));
    Value bias = builder.initializer("fc1.bias", floats(Shape.of(3)));
    Value axes = builder.initializer("axes", longs(1));
    Value h =
        builder
            .add(new Gemm(1, 1, false, true), List.of(x, weight, bias), origin("fc1", 17))
            .output();
    Value r = builder.add(new UnaryOp.Relu(), List.of(h), origin("relu", 18)).output();
    Value s = builder.add(new NormalizationOp.Softmax(1), List.of(r), Origin.unknown()).output();
    Value y =
        builder
            .add(
                new ReductionOp.Reduce(ReductionOp.Reduction.MEAN, true),
                List.of(s, axes),
                origin("head.mean", 20))
            .output();
    return builder.build(List.of(y, s), Map.of("zebra", "1", "author", "me", "mark", "x"));
  }

  private static Origin origin(String module, int line) {
    return new Origin(module, Optional.of(new SourceLocation("TwoLayers.java", line)));
  }

  /** One node, its inputs of types, constants where tensors are given. */
  public static Graph oneNode(Op op, Object... inputs) {
    var builder = new GraphBuilder("one_node");
    var values =
        IntStream.range(0, inputs.length)
            .mapToObj(
                i ->
                    switch (inputs[i]) {
                      case TensorType type -> builder.input("in" + i, type);
                      case DenseTensor tensor -> builder.initializer("const" + i, tensor);
                      default -> throw new IllegalArgumentException();
                    })
            .toList();
    Node node = builder.add(op, values, Origin.unknown());
    return builder.build(node.outputs(), Map.of());
  }

  /** A float32 tensor counting up from 0.5 in steps of 0.25. */
  public static DenseTensor floats(Shape shape) {
    float[] elements = new float[Math.toIntExact(shape.elements().fixed())];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = 0.5f + 0.25f * i;
    }
    return DenseTensor.view(DType.FLOAT32, shape, MemorySegment.ofArray(elements));
  }

  /** An int64 vector. */
  public static DenseTensor longs(long... elements) {
    return DenseTensor.view(
        DType.INT64, Shape.of(elements.length), MemorySegment.ofArray(elements));
  }

  /** An int64 matrix of one row count. */
  public static DenseTensor matrix(long rows, long... elements) {
    return DenseTensor.view(
        DType.INT64, Shape.of(rows, elements.length / rows), MemorySegment.ofArray(elements));
  }

  /** The initializer or output of that name, which must be there. */
  public static <T> T named(Map<String, T> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  /** Demands that two graphs are the same in everything that a graph holds. */
  public static void assertSame(Graph actual, Graph expected) {
    assertThat(GraphDifference.first(actual, expected)).isEmpty();
  }
}
