package dev.sardonyx.runtime.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.engine.Graphs;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How far values may lie off, by their depth and by what cancels in them. */
class BoundsTest {
  private static final ReductionOp.Reduce MEAN =
      new ReductionOp.Reduce(ReductionOp.Reduction.MEAN, true);

  private final Graphs net = new Graphs();
  private final Map<String, Data> known = new LinkedHashMap<>();

  private Value input(String name, float... values) {
    known.put(name, Tensor.of(values, values.length));
    return net.input(name, String.valueOf(values.length));
  }

  private Bounds of(Value output, float... values) {
    known.put(output.name(), Tensor.of(values, values.length));
    Graph graph = net.outputs(output);
    var bounds = new Bounds(graph, Tolerances.defaults());
    for (Node node : graph.nodes()) {
      bounds.add(node, known);
    }
    return bounds;
  }

  private static double magnitude(Bounds bounds, Value value) {
    return bounds.ofOutput(value.name(), DType.FLOAT32).magnitude();
  }

  @Test
  void theMeanOfWhatHasNoneIsMeasuredByWhatItIsTheMeanOf() {
    Value x = input("x", 3, -3, 3, -3);
    Value mean = net.add(MEAN, x);
    Bounds bounds = of(mean, 1e-8f);
    assertThat(magnitude(bounds, mean)).isEqualTo(3);
    Node node = net.outputs(mean).nodes().getFirst();
    Tolerance alone = bounds.ofNode(node, mean, known, DType.FLOAT32);
    Tensor found = Tensor.of(new float[] {-4e-8f}, 1);
    Tensor expected = Tensor.of(new float[] {1e-8f}, 1);
    assertThat(Comparison.of("y", found, expected, _ -> alone).passes()).isTrue();
    Tensor wrong = Tensor.of(new float[] {1e-3f}, 1);
    assertThat(Comparison.of("y", wrong, expected, _ -> alone).passes()).isFalse();
  }

  @Test
  void aMeanThatIsThereIsMeasuredByItself() {
    Value x = input("x", 3, 3.5f, 3, 3);
    Value mean = net.add(MEAN, x);
    assertThat(magnitude(of(mean, 3.125f), mean)).isZero();
  }

  @Test
  void whatCancelledIsFollowedThroughMovesAndProductsButNotIntoSumsWithMore() {
    Value x = input("x", 1, -1, 1, -1);
    Value mean = net.add(MEAN, x);
    known.put(mean.name(), Tensor.of(new float[] {1e-9f}, 1));
    Value moved = net.add(new UnaryOp.Neg(), mean);
    known.put(moved.name(), Tensor.of(new float[] {-1e-9f}, 1));
    Value scaled = net.add(new BinaryOp.Mul(), moved, input("gamma", 5));
    known.put(scaled.name(), Tensor.of(new float[] {-5e-9f}, 1));
    Value centred = net.add(new BinaryOp.Sub(), x, scaled);
    Bounds bounds = of(centred, 1, -1, 1, -1);
    assertThat(magnitude(bounds, moved)).isEqualTo(1);
    assertThat(magnitude(bounds, scaled)).isEqualTo(5);
    assertThat(magnitude(bounds, centred)).isZero();
  }

  @Test
  void productsOfSmallNumbersAreSmall() {
    known.put("a", Tensor.of(new float[] {1, -1, 1, 1}, 1, 4));
    known.put("w", Tensor.of(new float[] {1e-8f, 1e-8f, -1e-8f, 1e-8f}, 4, 1));
    Value product = net.add(new MatMul(), net.input("a", "1", "4"), net.input("w", "4", "1"));
    assertThat(magnitude(of(product, 1e-12f), product))
        .as("the root of 4, times 1, times 1e-8")
        .isCloseTo(2e-8, within(1e-14));
  }

  @Test
  void aFewSmallElementsOfLargeOnesHaveNotCancelled() {
    Value x = input("x", 1e-6f);
    Value some =
        net.add(new AxesOp.Unsqueeze(), x, net.constant("axes", Tensor.of(new long[] {0}, 1)));
    known.put("x", Tensor.of(new float[] {1e6f, 1e-6f}, 2));
    assertThat(magnitude(of(some, 1e-6f), some)).isZero();
  }

  @Test
  void depthIsTheLongestWayThroughWhatRounds() {
    Value x = input("x", 1, 2, 3);
    Value left = net.add(new UnaryOp.Exp(), net.add(new UnaryOp.Tanh(), x)); // 2
    Value right = net.add(new UnaryOp.Neg(), net.add(new UnaryOp.Exp(), x)); // 1
    Value sum = net.add(new BinaryOp.Mul(), left, right);
    Value last = net.add(new UnaryOp.Sqrt(), sum);
    var depths = Depths.of(net.outputs(last));
    boolean rounds = Tolerance.ofOperator(new BinaryOp.Mul().precision(), DType.FLOAT32).scaled();
    assertThat(depths.of("x")).isZero();
    assertThat(depths.of(left.name())).isEqualTo(2);
    assertThat(depths.of(right.name())).isEqualTo(1);
    assertThat(depths.of(last.name())).isEqualTo(rounds ? 4 : 3);
  }
}
