package dev.sardonyx.runtime.compiler;

import static dev.sardonyx.runtime.compiler.Passes.applied;
import static dev.sardonyx.runtime.compiler.Passes.leaves;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp.Add;
import dev.sardonyx.api.op.BinaryOp.Div;
import dev.sardonyx.api.op.BinaryOp.Mul;
import dev.sardonyx.api.op.BinaryOp.Pow;
import dev.sardonyx.api.op.BinaryOp.Sub;
import dev.sardonyx.api.op.NormalizationOp.Softmax;
import dev.sardonyx.api.op.OwnStatisticsOp.LayerNormalization;
import dev.sardonyx.api.op.OwnStatisticsOp.RMSNormalization;
import dev.sardonyx.api.op.ReductionOp.Reduce;
import dev.sardonyx.api.op.ReductionOp.Reduction;
import dev.sardonyx.api.op.UnaryOp.Exp;
import dev.sardonyx.api.op.UnaryOp.Reciprocal;
import dev.sardonyx.api.op.UnaryOp.Sqrt;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.engine.Graphs;
import org.junit.jupiter.api.Test;

class NormalizationRulesTest {
  private static final Pass PASS = NormalizationRules.pass();
  private final Graphs net = new Graphs();
  private final Value x = net.input("x", "n", "3", "4");
  private final Value last = net.constant("last", Tensor.of(new long[] {-1}, 1));
  private final Value weight = net.constant("weight", Tensor.of(new float[] {1, 2, 3, 4}, 4));
  private final Value epsilon = net.constant("epsilon", Tensor.scalar(1e-5f));
  private final Value bias = net.constant("bias", Tensor.of(new float[] {4, 3, 2, 1}, 4));

  private Value reduced(Reduction reduction, Value value, Value axes) {
    return net.add(new Reduce(reduction, true), value, axes);
  }

  private Value root(Value squared, Value axes) {
    return net.add(new Sqrt(), net.add(new Add(), reduced(Reduction.MEAN, squared, axes), epsilon));
  }

  private Value squared(Value value) {
    return net.add(new Pow(), value, net.constant("two", Tensor.scalar(2f)));
  }

  private Value centred(Value axes) {
    return net.add(new Sub(), x, reduced(Reduction.MEAN, x, axes));
  }

  private static Node only(Graph graph) {
    assertThat(graph.nodes()).hasSize(1);
    return graph.nodes().getFirst();
  }

  /** As torch.onnx exports LayerNorm up to opset 16. */
  @Test
  void meansAndRootsAreALayerNormalization() {
    Value centred = centred(last);
    Value normal = net.add(new Div(), centred, root(squared(centred), last));
    Value y = net.add(new Add(), net.add(new Mul(), normal, weight), bias);
    Node node = only(applied(PASS, net.outputs(y)));
    assertThat(node.op()).isEqualTo(new LayerNormalization(-1, 1e-5f));
    assertThat(node.inputs()).containsExactly(x, weight, bias);
    assertThat(node.output()).isEqualTo(y);
  }

  @Test
  void severalLastAxesAreOneRow() {
    Value axes = net.constant("axes", Tensor.of(new long[] {2, 1}, 2));
    Value centred = centred(axes);
    Value y = net.add(new Div(), centred, root(net.add(new Mul(), centred, centred), axes));
    assertThat(only(applied(PASS, net.outputs(y))).op())
        .isEqualTo(new LayerNormalization(-2, 1e-5f));
  }

  @Test
  void otherAxesAreNoRow() {
    Value axes = net.constant("axes", Tensor.of(new long[] {1}, 1));
    Value centred = centred(axes);
    leaves(PASS, net.outputs(net.add(new Div(), centred, root(squared(centred), axes))));
  }

  @Test
  void aCentredValueThatIsSeenElsewhereStays() {
    Value centred = centred(last);
    Value y = net.add(new Div(), centred, root(squared(centred), last));
    Graph graph = net.outputs(y, centred);
    assertThat(Passes.operators(applied(PASS, graph)))
        .containsExactly("ReduceMean", "Sub", "RMSNormalization");
  }

  @Test
  void aScaleOfAnotherShapeStaysOutside() {
    Value centred = centred(last);
    Value normal = net.add(new Div(), centred, root(squared(centred), last));
    Value column = net.constant("column", Tensor.of(new float[] {1, 2, 3}, 3, 1));
    Graph fused = applied(PASS, net.outputs(net.add(new Mul(), normal, column)));
    assertThat(Passes.operators(fused)).containsExactly("LayerNormalization", "Mul");
  }

  @Test
  void aSecondScaleStaysOutside() {
    Value centred = centred(last);
    Value normal = net.add(new Div(), centred, root(squared(centred), last));
    Value y = net.add(new Mul(), net.add(new Mul(), normal, weight), bias);
    assertThat(Passes.operators(applied(PASS, net.outputs(y))))
        .containsExactly("LayerNormalization", "Mul");
  }

  @Test
  void aQuotientByTheRootOfMeanSquaresIsAnRmsNormalization() {
    Value y = net.add(new Mul(), net.add(new Div(), x, root(squared(x), last)), weight);
    Node node = only(applied(PASS, net.outputs(y)));
    assertThat(node.op()).isEqualTo(new RMSNormalization(-1, 1e-5f));
    assertThat(node.inputs()).containsExactly(x, weight);
  }

  /** As Llama's RMSNorm is exported: x times the reciprocal of the root. */
  @Test
  void soIsAProductWithTheReciprocal() {
    Value one = net.constant("one", Tensor.scalar(1f));
    Value by = net.add(new Mul(), x, net.add(new Div(), one, root(squared(x), last)));
    assertThat(only(applied(PASS, net.outputs(by))).op()).isInstanceOf(RMSNormalization.class);
  }

  @Test
  void theReciprocalMayHaveItsOwnOperator() {
    Value reciprocal = net.add(new Reciprocal(), root(net.add(new Mul(), x, x), last));
    Value y = net.add(new Mul(), weight, net.add(new Mul(), reciprocal, x));
    assertThat(only(applied(PASS, net.outputs(y))).op()).isInstanceOf(RMSNormalization.class);
  }

  private Value softmax(Value axes) {
    Value powers = net.add(new Exp(), net.add(new Sub(), x, reduced(Reduction.MAX, x, axes)));
    return net.add(new Div(), powers, reduced(Reduction.SUM, powers, axes));
  }

  @Test
  void powersOverTheirSumAreASoftmax() {
    assertThat(only(applied(PASS, net.outputs(softmax(last)))).op()).isEqualTo(new Softmax(-1));
  }

  @Test
  void overSeveralAxesTheyAreNot() {
    Value axes = net.constant("axes", Tensor.of(new long[] {1, 2}, 2));
    leaves(PASS, net.outputs(softmax(axes)));
  }
}
