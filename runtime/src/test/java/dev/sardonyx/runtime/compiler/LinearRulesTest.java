package dev.sardonyx.runtime.compiler;

import static dev.sardonyx.runtime.compiler.Passes.applied;
import static dev.sardonyx.runtime.compiler.Passes.leaves;
import static dev.sardonyx.runtime.compiler.Passes.operators;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp.Add;
import dev.sardonyx.api.op.Einsum;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.runtime.engine.Graphs;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearRulesTest {
  private static final Pass PASS = LinearRules.pass();
  private final Graphs net = new Graphs();

  @Test
  void aProductPlusAVectorIsAGemm() {
    Value product = net.add(new MatMul(), net.input("x", "n", "4"), net.input("w", "4", "3"));
    Graph graph = net.outputs(net.add(new Add(), net.input("b", "3"), product));
    Graph fused = applied(PASS, graph);
    assertThat(operators(fused)).containsExactly("Gemm");
  }

  @Test
  void stackedProductsStay() {
    Value product = net.add(new MatMul(), net.input("x", "n", "2", "4"), net.input("w", "4", "3"));
    leaves(PASS, net.outputs(net.add(new Add(), product, net.input("b", "3"))));
  }

  @Test
  void aMatrixThatIsAddedStays() {
    Value product = net.add(new MatMul(), net.input("x", "n", "4"), net.input("w", "4", "3"));
    leaves(PASS, net.outputs(net.add(new Add(), product, net.input("c", "n", "1"))));
  }

  @Test
  void aGemmReadsMatricesFromTheirOtherSide() {
    Value a = net.add(new Transpose(List.of(1, 0)), net.input("a", "4", "n"));
    Value b = net.add(new Transpose(List.of()), net.input("b", "3", "4"));
    Graph fused = applied(PASS, net.outputs(net.add(new MatMul(), a, b)));
    assertThat(operators(fused)).containsExactly("Gemm");
    assertThat(fused.nodes().getFirst().op()).isEqualTo(new Gemm(1, 1, true, true));
    Value again = net.add(new Gemm(2, 1, true, false), net.input("c", "4", "n"), b);
    Graph turned = applied(PASS, net.outputs(again));
    assertThat(turned.nodes().getFirst().op()).isEqualTo(new Gemm(2, 1, true, true));
  }

  private Graph einsum(String equation) {
    Value a = net.input("a", "n", "2", "4", "5");
    return net.outputs(net.add(new Einsum(equation), a, net.input("b", "n", "2", "3", "5")));
  }

  @Test
  void anEinsumOfRowsByRowsIsAProduct() {
    Graph fused = applied(PASS, einsum("b h q d, b h k d -> b h q k"));
    assertThat(operators(fused)).containsExactly("Transpose", "MatMul");
  }

  @Test
  void otherEinsumsStay() {
    leaves(PASS, einsum("bhqd,bhkd->bhkq"));
  }

  @Test
  void anEinsumThatSumsMoreThanAProductStays() {
    leaves(PASS, einsum("bhqd,bhkd->hqk"));
  }
}
