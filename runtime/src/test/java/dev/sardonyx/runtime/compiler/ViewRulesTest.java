package dev.sardonyx.runtime.compiler;

import static dev.sardonyx.runtime.compiler.Passes.applied;
import static dev.sardonyx.runtime.compiler.Passes.leaves;
import static dev.sardonyx.runtime.compiler.Passes.operators;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.AxesOp.Unsqueeze;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Pad;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.ShapeOf;
import dev.sardonyx.api.op.Slice;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp.Neg;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.engine.Graphs;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ViewRulesTest {
  private static final Pass PASS = ViewRules.pass();
  private final Graphs net = new Graphs();
  private final Value x = net.input("x", "n", "3", "4");

  private Value numbers(String name, long... values) {
    return net.constant(name, Tensor.of(values, values.length));
  }

  private Graph ending(Value value) {
    return net.outputs(net.add(new Neg(), value));
  }

  @Test
  void whatChangesNothingGoes() {
    Value zeros = numbers("zeros", 0, 0, 0, 0, 0, 0);
    Value padded = net.add(new Pad(Pad.Mode.CONSTANT), x, zeros);
    Value same = net.add(new Reshape(false), padded, numbers("same", 0, 3, 4));
    Value all =
        net.add(new Slice(), same, numbers("from", 0), numbers("to", 99), numbers("axis", 1));
    Value one = net.add(new Concat(1), all);
    Value y = net.add(new Transpose(List.of(0, 1, 2)), one);
    assertThat(operators(applied(PASS, ending(y)))).containsExactly("Neg");
  }

  @Test
  void aSliceBackwardsIsAnotherOrder() {
    Value y =
        net.add(
            new Slice(),
            x,
            numbers("from", -1),
            numbers("to", -99),
            numbers("axis", 1),
            numbers("step", -1));
    leaves(PASS, ending(y));
  }

  @Test
  void anOutputKeepsItsName() {
    Value y = net.add(new Transpose(List.of(0, 1, 2)), x);
    assertThat(operators(applied(PASS, net.outputs(y)))).containsExactly("Identity");
  }

  @Test
  void viewsOfViewsAreOne() {
    Value flat = net.add(new Flatten(1), x);
    Value more = net.add(new Unsqueeze(), flat, numbers("axis", 1));
    Graph merged = applied(PASS, ending(more));
    assertThat(operators(merged)).containsExactly("Reshape", "Neg");
    assertThat(merged.nodes().getFirst().inputs().getFirst()).isEqualTo(x);
  }

  @Test
  void thereAndBackIsNothing() {
    Value there = net.add(new Reshape(false), x, numbers("there", 0, 12));
    Value back = net.add(new Reshape(false), there, numbers("back", 0, 3, 4));
    assertThat(operators(applied(PASS, ending(back)))).containsExactly("Neg");
  }

  /** As exports say {@code x.view(x.size(0), 12)}. */
  @Test
  void aShapeThatIsKnownIsNotComputed() {
    Value size = net.add(new ShapeOf(0, OptionalLong.of(1)), x);
    Value shape = net.add(new Concat(0), size, numbers("rest", 12));
    Graph merged = applied(PASS, ending(net.add(new Reshape(false), x, shape)));
    assertThat(operators(merged)).containsExactly("Reshape", "Neg");
  }

  /** Beside a dim that is copied, -1 would be any number where that dim is 0. */
  @Test
  void twoDimsThatAreNotKnownAreComputed() {
    Value y = net.input("y", "n", "m", "4");
    Value sizes = net.add(new ShapeOf(0, OptionalLong.of(1)), y);
    Value shape = net.add(new Concat(0), sizes, numbers("two", 2), numbers("rest", -1));
    Value wide = net.add(new Reshape(false), y, shape);
    assertThat(operators(applied(PASS, ending(wide)))).contains("Shape", "Concat");
  }

  /** It may not fit, and then the run says so. */
  @Test
  void aShapeThatIsGivenIsNotReplaced() {
    Value shape = net.indices("shape", "1");
    leaves(PASS, net.outputs(net.add(new Reshape(false), x, shape)));
    Value other = net.input("other", "m");
    Value sizes = net.add(new ShapeOf(), other);
    leaves(PASS, net.outputs(net.add(new Reshape(false), x, sizes)));
  }

  @Test
  void transpositionsAreOne() {
    Value twice =
        net.add(new Transpose(List.of(1, 2, 0)), net.add(new Transpose(List.of(0, 2, 1)), x));
    Graph merged = applied(PASS, ending(twice));
    assertThat(merged.nodes().getFirst().op()).isEqualTo(new Transpose(List.of(2, 1, 0)));
    assertThat(operators(merged)).containsExactly("Transpose", "Neg");
  }

  @Test
  void aTranspositionAndItsReverseAreNothing() {
    Value twice =
        net.add(new Transpose(List.of(1, 2, 0)), net.add(new Transpose(List.of(2, 0, 1)), x));
    assertThat(operators(applied(PASS, ending(twice)))).containsExactly("Neg");
  }

  @Test
  void movingAxesOfOneMovesNothing() {
    Value single = net.input("single", "1", "3", "4");
    Value moved = net.add(new Transpose(List.of(1, 0, 2)), single);
    assertThat(operators(applied(PASS, ending(moved)))).containsExactly("Reshape", "Neg");
  }

  @Test
  void movingOthersDoes() {
    Value single = net.input("single", "1", "3", "4");
    leaves(PASS, ending(net.add(new Transpose(List.of(0, 2, 1)), single)));
  }
}
