package dev.sardonyx.runtime.compiler;

import static dev.sardonyx.runtime.compiler.Passes.applied;
import static dev.sardonyx.runtime.compiler.Passes.operators;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp.Add;
import dev.sardonyx.api.op.BinaryOp.Div;
import dev.sardonyx.api.op.BinaryOp.Mul;
import dev.sardonyx.api.op.BinaryOp.Sub;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.ConvTranspose;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.NormalizationOp.BatchNormalization;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.UnaryOp.Relu;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.engine.Graphs;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleRulesTest {
  private static final Pass PASS = ScaleRules.pass();
  private static final Window WINDOW =
      Window.of(List.of(2, 1), List.of(1, 1), List.of(1, 1), List.of(0, 0));
  private final Graphs net = new Graphs();

  private Value counted(String name, long... sizes) {
    float[] values =
        new float[Math.toIntExact(java.util.Arrays.stream(sizes).reduce(1, (a, b) -> a * b))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 7 % 11 + 1) / 8f;
    }
    return net.constant(name, Tensor.of(values, sizes));
  }

  private Value normalized(Value x, int channels) {
    return net.add(
        new BatchNormalization(0.5f),
        x,
        counted("scale", channels),
        counted("shift", channels),
        counted("mean", channels),
        counted("variance", channels));
  }

  private void becomes(Value y, String operator) {
    Graph folded = applied(PASS, net.outputs(y));
    assertThat(operators(folded)).containsExactly(operator);
    assertThat(folded.nodes().getFirst().output()).isEqualTo(y);
  }

  private Value conv() {
    return net.add(
        new Conv(WINDOW, 2),
        net.input("x", "n", "4", "3", "2"),
        counted("w", 6, 2, 2, 1),
        counted("b", 6));
  }

  @Test
  void aNormalizationMovesIntoAConvolutionOfGroups() {
    becomes(normalized(conv(), 6), "Conv");
  }

  /** Whose weights have the channels of each group behind those of the input. */
  @Test
  void itMovesIntoATransposedConvolutionOfGroups() {
    Value x = net.input("x", "n", "4", "3", "2");
    Value y = net.add(new ConvTranspose(WINDOW, 2, List.of(0, 0)), x, counted("w", 4, 3, 2, 1));
    becomes(normalized(y, 6), "ConvTranspose");
  }

  @Test
  void itMovesIntoAGemm() {
    Value x = net.input("x", "n", "4");
    for (boolean transposed : new boolean[] {false, true}) {
      String name = "w" + transposed;
      Value w = transposed ? counted(name, 3, 4) : counted(name, 4, 3);
      Op op = new Gemm(2, 0.5f, false, transposed);
      Value y = net.add(op, x, w, counted("b" + transposed, 1, 3));
      Value z = net.add(new Mul(), y, counted("s" + transposed, 3));
      becomes(z, "Gemm");
    }
  }

  @Test
  void factorsAndSummandsOfChannelsMove() {
    Value y = net.add(new Mul(), counted("f", 6, 1, 1), conv());
    y = net.add(new Add(), y, counted("a", 1, 6, 1, 1));
    y = net.add(new Div(), y, net.constant("two", Tensor.scalar(2f)));
    becomes(net.add(new Sub(), y, counted("s", 6, 1, 1)), "Conv");
  }

  @Test
  void aConstantOfAnotherAxisStays() {
    Value y = net.add(new Mul(), conv(), counted("rows", 2, 1));
    assertThat(operators(applied(PASS, net.outputs(y)))).containsExactly("Conv", "Mul");
  }

  @Test
  void aConstantThatIsDividedStays() {
    Value y = net.add(new Div(), counted("f", 6, 1, 1), conv());
    assertThat(operators(applied(PASS, net.outputs(y)))).containsExactly("Conv", "Div");
  }

  @Test
  void aProductThatIsSeenElsewhereKeepsItsWeights() {
    Value conv = conv();
    Value y = net.add(new Mul(), conv, counted("f", 6, 1, 1));
    Graph graph = net.outputs(y, net.add(new Relu(), conv));
    Passes.leaves(PASS, graph);
  }
}
