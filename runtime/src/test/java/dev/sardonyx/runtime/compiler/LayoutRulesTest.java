package dev.sardonyx.runtime.compiler;

import static dev.sardonyx.runtime.compiler.Passes.applied;
import static dev.sardonyx.runtime.compiler.Passes.leaves;
import static dev.sardonyx.runtime.compiler.Passes.operators;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp.Add;
import dev.sardonyx.api.op.BinaryOp.Mul;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.Dropout;
import dev.sardonyx.api.op.OwnStatisticsOp.GroupNormalization;
import dev.sardonyx.api.op.OwnStatisticsOp.InstanceNormalization;
import dev.sardonyx.api.op.Pad;
import dev.sardonyx.api.op.PoolOp.AveragePool;
import dev.sardonyx.api.op.PoolOp.MaxPool;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp.Neg;
import dev.sardonyx.api.op.UnaryOp.Relu;
import dev.sardonyx.api.op.UnaryOp.Tanh;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.engine.Graphs;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Group normalisations, pads, transpositions, and what is computed twice. */
class LayoutRulesTest {
  private static final Window WINDOW =
      Window.of(List.of(2, 2), List.of(1, 1), List.of(1, 1), List.of(1, 1));
  private final Graphs net = new Graphs();
  private final Value x = net.input("x", "n", "4", "3", "5");

  private Value numbers(String name, long... values) {
    return net.constant(name, Tensor.of(values, values.length));
  }

  /** As torch.onnx exports GroupNorm up to opset 20. */
  private Value grouped(Value ones) {
    Value apart = net.add(new Reshape(false), x, numbers("apart", 0, 2, -1));
    Value zeros = net.constant("zeros", Tensor.zeros(2));
    Value normal = net.add(new InstanceNormalization(1e-5f), apart, ones, zeros);
    Value back = net.add(new Reshape(false), normal, net.add(new ShapeOf(), x));
    Value weight = net.constant("weight", Tensor.of(new float[] {1, 2, 3, 4}, 4, 1, 1));
    Value bias = net.constant("bias", Tensor.of(new float[] {4, 3, 2, 1}, 4, 1, 1));
    return net.add(new Add(), net.add(new Mul(), back, weight), bias);
  }

  @Test
  void groupsAsChannelsAreAGroupNormalization() {
    Value y = grouped(net.constant("ones", Tensor.ones(2)));
    Graph fused = applied(GroupRules.pass(), net.outputs(y));
    assertThat(operators(fused)).containsExactly("GroupNormalization");
    assertThat(fused.nodes().getFirst().op()).isEqualTo(new GroupNormalization(2, 1e-5f));
  }

  @Test
  void groupsOfDifferentScalesAreNot() {
    leaves(GroupRules.pass(), net.outputs(grouped(net.constant("s", Tensor.full(2f, 2)))));
  }

  private Value padded(long... pads) {
    return net.add(new Pad(Pad.Mode.CONSTANT), x, numbers("pads", pads));
  }

  @Test
  void zerosAroundAnImageAreTheConvolutions() {
    Value w = net.constant("w", Tensor.ones(2, 4, 2, 2));
    Value y = net.add(new Conv(WINDOW, 1), padded(0, 0, 0, 1, 0, 0, 2, 0), w);
    Graph folded = applied(PadRules.pass(), net.outputs(y));
    assertThat(operators(folded)).containsExactly("Conv");
    assertThat(((Conv) folded.nodes().getFirst().op()).window().pads()).containsExactly(1, 2, 3, 1);
  }

  @Test
  void channelsOfZerosStay() {
    Value w = net.constant("w", Tensor.ones(2, 5, 2, 2));
    leaves(
        PadRules.pass(),
        net.outputs(net.add(new Conv(WINDOW, 1), padded(0, 1, 0, 0, 0, 0, 0, 0), w)));
  }

  @Test
  void meansCountTheZeros() {
    Window bare = Window.of(List.of(2, 2), List.of(1, 1), List.of(1, 1), List.of(0, 0));
    Value y = net.add(new AveragePool(bare, false), padded(0, 0, 1, 1, 0, 0, 1, 1));
    Graph folded = applied(PadRules.pass(), net.outputs(y));
    assertThat(folded.nodes().getFirst().op()).isEqualTo(new AveragePool(WINDOW, true));
  }

  /** Its own pads do not count in a mean, and those of the Pad do. */
  @Test
  void meansWithPadsOfTheirOwnKeepThoseBefore() {
    Value y = net.add(new AveragePool(WINDOW, false), padded(0, 0, 1, 1, 0, 0, 1, 1));
    leaves(PadRules.pass(), net.outputs(y));
  }

  @Test
  void zerosMayBeTheLargestOfAWindow() {
    Value y = net.add(new MaxPool(WINDOW, false), padded(0, 0, 1, 1, 0, 0, 1, 1));
    leaves(PadRules.pass(), net.outputs(y));
  }

  private Value lastly(Value value) {
    return net.add(new Transpose(List.of(0, 2, 3, 1)), value);
  }

  private Value firstly(Value value) {
    return net.add(new Transpose(List.of(0, 3, 1, 2)), value);
  }

  @Test
  void reverseTranspositionsCancelAroundFunctions() {
    Value two = net.constant("two", Tensor.scalar(2f));
    Value y = firstly(net.add(new Tanh(), net.add(new Mul(), two, lastly(x))));
    assertThat(operators(applied(TransposeRules.pass(), net.outputs(y))))
        .containsExactly("Mul", "Tanh");
  }

  @Test
  void theyStayAroundWhatKnowsItsAxes() {
    Value row = net.constant("row", Tensor.of(new float[] {1, 2, 3, 4}, 4));
    Value y = firstly(net.add(new Mul(), row, lastly(x)));
    leaves(TransposeRules.pass(), net.outputs(y));
  }

  @Test
  void likeTranspositionsAreOneBehindTheirSum() {
    Value other = net.input("other", "n", "4", "3", "5");
    Value y = net.add(new Add(), lastly(x), lastly(other));
    assertThat(operators(applied(TransposeRules.pass(), net.outputs(y))))
        .containsExactly("Add", "Transpose");
  }

  @Test
  void whatIsSaidTwiceIsComputedOnce() {
    Value one = net.add(new Add(), x, net.constant("one", Tensor.scalar(1f)));
    Value again = net.add(new Add(), x, net.constant("again", Tensor.scalar(1f)));
    Value y = net.add(new Mul(), net.add(new Neg(), one), net.add(new Relu(), again));
    assertThat(operators(applied(new MergeEqual(), net.outputs(y))))
        .containsExactly("Add", "Neg", "Relu", "Mul");
  }

  @Test
  void anOutputIsComputedUnderItsName() {
    Value one = net.add(new Neg(), x);
    Value again = net.add(new Neg(), x);
    leaves(new MergeEqual(), net.outputs(one, again));
  }

  @Test
  void randomNumbersAreDrawnForEach() {
    Value half = net.constant("half", Tensor.scalar(0.5f));
    Value on = net.constant("on", Tensor.ones(1).to(DType.BOOL).reshape());
    var op = new Dropout(Optional.empty());
    Value y = net.add(new Add(), net.add(op, x, half, on), net.add(op, x, half, on));
    leaves(new MergeEqual(), net.outputs(y));
  }
}
