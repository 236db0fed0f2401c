package dev.sardonyx.runtime.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.compiler.Compiler;
import dev.sardonyx.runtime.compiler.Pass;
import dev.sardonyx.runtime.diagnose.Element;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.engine.NativeEvaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PassValidationTest {
  private static final PassValidation VALIDATION = PassValidation.of(Judging.standard());
  private static final List<Pass> STANDARD =
      Compiler.standard(new NativeEvaluator(), true).passes();

  /** s = x W + (a + b), y = relu(s) * s, in lines 1 to 5. */
  private static Graph net() {
    var net = new Graphs();
    Value x = net.input("x", "n", "3");
    Value weights =
        net.constant("w", Tensor.of(new float[] {1, -2, 3, 4, 5, -6, 7, 8, 9}, new long[] {3, 3}));
    Value product = net.add(new MatMul(), x, weights);
    Value a = net.constant("a", Tensor.of(new float[] {1, 2, 3}, new long[] {3}));
    Value b = net.constant("b", Tensor.of(new float[] {-9, 1, 0}, new long[] {3}));
    Value sum = net.add(new BinaryOp.Add(), product, net.add(new BinaryOp.Add(), a, b));
    Value relu = net.add(new UnaryOp.Relu(), sum);
    return net.outputs(net.add(new BinaryOp.Mul(), relu, sum));
  }

  private static List<Map<String, Data>> inputs() {
    Tensor positive = Tensor.full(1, 2, 3);
    Tensor mixed = Tensor.of(new float[] {1, -1, 2, -3, 0.5f, 1}, new long[] {2, 3});
    return List.of(Map.of("x", positive), Map.of("x", mixed));
  }

  @Test
  void passesThatKeepTheNumbersPass() {
    PassReport report =
        VALIDATION.run(net(), Compiler.standard(new NativeEvaluator(), true), inputs());
    assertThat(report.passed()).as("%s", report.findings()).isTrue();
    assertThat(report.sets()).isEqualTo(2);
    assertThat(report.rows()).anyMatch(PassReport.Row::changed);
    assertThat(report.rows()).extracting(PassReport.Row::pass).contains("fix-shapes");
  }

  @Test
  void aWrongPassIsFoundByNameAtTheNodeThatItChanged() {
    List<Pass> passes = new ArrayList<>(STANDARD.subList(0, 2));
    passes.add(WrongPasses.replacing("relu_1", new ActivationOp.LeakyRelu(0.5f)));
    passes.addAll(STANDARD.subList(2, STANDARD.size()));
    PassReport report = VALIDATION.run(net(), passes, inputs());
    assertThat(report.findings()).hasSize(1); // what comes after it is right
    PassFinding finding = report.first().orElseThrow();
    assertThat(finding.pass()).isEqualTo("replace-relu_1");
    assertThat(finding.place()).isEqualTo(3);
    assertThat(finding.value()).contains("relu_1");
    assertThat(finding.node().orElseThrow().op()).isEqualTo(new ActivationOp.LeakyRelu(0.5f));
    assertThat(finding.toString())
        .contains("pass replace-relu_1", "relu_1 (LeakyRelu) at Net.java:4");
    // s of the second set's last row is (-2, 19.5, 0), all else is positive.
    assertThat(finding.inputs()).isEqualTo(2);
    assertThat(finding.worst())
        .containsExactly(new Element(List.of(1L, 0L), -1, 0, OptionalDouble.empty()));
  }

  @Test
  void aConstantThatIsFoldedWronglyIsFoundAtTheNodeThatComputedIt() {
    Tensor wrong = Tensor.of(new float[] {-8, 3, 4}, new long[] {3});
    Pass pass = WrongPasses.folding("add_1", wrong.dense());
    PassFinding finding = VALIDATION.run(net(), List.of(pass), inputs()).first().orElseThrow();
    assertThat(finding.node().orElseThrow().name()).isEqualTo("add_1");
    assertThat(finding.value()).contains("add_1");
    assertThat(finding.worst())
        .singleElement()
        .satisfies(
            worst -> {
              assertThat(worst.place()).containsExactly(2L);
              assertThat(worst.engine()).isEqualTo(4);
              assertThat(worst.reference()).isEqualTo(3);
            });
  }

  @Test
  void aPassThatOnlySomeInputsShowIsFound() {
    Pass pass = WrongPasses.replacing("relu_1", new UnaryOp.Abs());
    assertThat(VALIDATION.run(net(), List.of(pass), inputs().subList(0, 1)).passed()).isTrue();
    PassFinding finding = VALIDATION.run(net(), List.of(pass), inputs()).first().orElseThrow();
    assertThat(finding.inputs()).isEqualTo(2);
  }

  @Test
  void aPassWhoseGraphCannotRunIsFoundByName() {
    Pass pass = WrongPasses.of("lose-nodes", graph -> graph.withNodes(graph.nodes().subList(1, 3)));
    PassFinding finding = VALIDATION.run(net(), List.of(pass), inputs()).first().orElseThrow();
    assertThat(finding.pass()).isEqualTo("lose-nodes");
    assertThat(finding.failure().orElseThrow()).contains("matmul_1");
  }

  @Test
  void theFirstWrongPassOfACompilerIsNamed() {
    Pass first = WrongPasses.replacing("relu_1", new UnaryOp.Neg());
    Pass second = WrongPasses.replacing("mul_1", new BinaryOp.Sub());
    var found =
        PassValidation.firstWrong(
            net(),
            new Compiler(STANDARD.subList(0, 2), List.of(first, second)),
            inputs().getFirst(),
            Judging.standard());
    assertThat(found.orElseThrow().pass()).isEqualTo("replace-relu_1");
  }
}
