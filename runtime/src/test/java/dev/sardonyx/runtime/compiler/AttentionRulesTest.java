package dev.sardonyx.runtime.compiler;

import static dev.sardonyx.runtime.compiler.Passes.applied;
import static dev.sardonyx.runtime.compiler.Passes.leaves;
import static dev.sardonyx.runtime.compiler.Passes.operators;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attention;
import dev.sardonyx.api.op.BinaryOp.Add;
import dev.sardonyx.api.op.BinaryOp.Div;
import dev.sardonyx.api.op.BinaryOp.Mul;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.NormalizationOp.Softmax;
import dev.sardonyx.api.op.PredicateOp.Less;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.Where;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.engine.Graphs;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttentionRulesTest {
  private static final Pass PASS = AttentionRules.pass();
  private static final float NONE = Float.NEGATIVE_INFINITY;
  private final Graphs net = new Graphs();
  private final Value q = net.input("q", "n", "2", "4", "3");
  private final Value k = net.input("k", "n", "2", "4", "3");
  private final Value v = net.input("v", "n", "2", "4", "5");

  private Value products(Value queries, Value keys) {
    return net.add(new MatMul(), queries, net.add(new Transpose(List.of(0, 1, 3, 2)), keys));
  }

  private Value weighed(Value scores) {
    return net.add(new MatMul(), net.add(new Softmax(-1), scores), v);
  }

  private Value number(float value) {
    return net.constant("c" + value, Tensor.scalar(value));
  }

  private static Attention only(Graph graph, Value... inputs) {
    assertThat(operators(graph)).containsExactly("Attention");
    Node node = graph.nodes().getFirst();
    assertThat(node.inputs()).containsExactly(inputs);
    return (Attention) node.op();
  }

  @Test
  void productsAroundASoftmaxAreAttention() {
    Graph fused = applied(PASS, net.outputs(weighed(products(q, k))));
    assertThat(only(fused, q, k, v).scale()).contains(1f);
  }

  /** BERT divides the scores, torch's module the queries, scaled_dot_product_attention both. */
  @Test
  void theScaleMayStandAnywhere() {
    Graph behind = net.outputs(weighed(net.add(new Div(), products(q, k), number(2))));
    assertThat(only(applied(PASS, behind), q, k, v).scale()).contains(0.5f);
    Value three = number(3);
    Value both = products(net.add(new Mul(), q, three), net.add(new Mul(), k, three));
    Graph before = net.outputs(weighed(both));
    assertThat(operators(applied(PASS, before))).contains("Attention");
  }

  @Test
  void scoresThatAreSeenElsewhereStay() {
    Value scores = products(q, k);
    leaves(PASS, net.outputs(weighed(scores), scores));
  }

  @Test
  void aSoftmaxAlongAnotherAxisIsNoAttention() {
    Value y = net.add(new MatMul(), net.add(new Softmax(2), products(q, k)), v);
    leaves(PASS, net.outputs(y));
  }

  @Test
  void keysOfAnotherBatchStayOutside() {
    Value shared = net.input("shared", "1", "2", "4", "3");
    leaves(PASS, net.outputs(weighed(products(q, shared))));
  }

  private Value masked(float[] mask, long... sizes) {
    Value constant = net.constant("mask", Tensor.of(mask, sizes));
    return weighed(net.add(new Add(), products(q, k), constant));
  }

  @Test
  void aMaskThatShowsEachQuerySomethingGoesAlong() {
    Graph fused = applied(PASS, net.outputs(masked(new float[] {0, NONE, -1, NONE}, 1, 4)));
    assertThat(operators(fused)).containsExactly("Attention");
    assertThat(fused.nodes().getFirst().inputs()).hasSize(4);
  }

  /** Softmax gives NaN there, and Attention 0. */
  @Test
  void aMaskThatHidesAllFromAQueryStaysOutside() {
    leaves(PASS, net.outputs(masked(new float[] {NONE, NONE, NONE, NONE}, 1, 4)));
  }

  @Test
  void aMaskOfAnInputMightHideAll() {
    Value mask = net.input("mask", "4", "4");
    leaves(PASS, net.outputs(weighed(net.add(new Add(), mask, products(q, k)))));
  }

  @Test
  void aMaskThatIsFiniteWhateverTheInputGoesAlong() {
    Value hidden = net.input("hidden", "4", "4");
    Value zero = number(0);
    Value which = net.add(new Less(), hidden, zero);
    Value mask = net.add(new Where(), which, number(-1e4f), zero);
    Graph fused = applied(PASS, net.outputs(weighed(net.add(new Add(), mask, products(q, k)))));
    assertThat(operators(fused)).endsWith("Where", "Attention");
  }

  @Test
  void aTriangleOfMinusInfinityIsCausal() {
    float[] mask = {0, NONE, NONE, NONE, 0, 0, NONE, NONE, 0, 0, 0, NONE, 0, 0, 0, 0};
    Attention op = only(applied(PASS, net.outputs(masked(mask, 4, 4))), q, k, v);
    assertThat(op.isCausal()).isTrue();
  }

  /** As torch.nn.MultiheadAttention is exported: batch and heads are one axis. */
  @Test
  void threeAxesAreOneHead() {
    Value a = net.input("a", "n", "4", "3");
    Value b = net.input("b", "n", "6", "3");
    Value c = net.input("c", "n", "6", "5");
    Value mask = net.constant("mask", Tensor.ones(1, 4, 6));
    Value scores = net.add(new MatMul(), a, net.add(new Transpose(List.of(0, 2, 1)), b));
    Value weights = net.add(new Softmax(-1), net.add(new Add(), scores, mask));
    Graph fused = applied(PASS, net.outputs(net.add(new MatMul(), weights, c)));
    assertThat(operators(fused)).containsExactly("Unsqueeze", "Attention");
    Attention op = (Attention) fused.nodes().getLast().op();
    assertThat(op.qNumHeads()).isOne();
    assertThat(op.kvNumHeads()).isOne();
  }

  private Value heads(Value tokens, int size) {
    Value shape = net.constant(tokens.name() + "shape", Tensor.of(new long[] {0, 0, 2, size}, 4));
    return net.add(new Transpose(List.of(0, 2, 1, 3)), net.add(new Reshape(false), tokens, shape));
  }

  @Test
  void headsThatComeAndGoBesideTheTokensNeedNoTransposition() {
    Value a = net.input("a", "n", "4", "6");
    Value b = net.input("b", "n", "7", "6");
    Value c = net.input("c", "n", "7", "10");
    Value weights = net.add(new Softmax(-1), products(heads(a, 3), heads(b, 3)));
    Value y = net.add(new MatMul(), weights, heads(c, 5));
    Value joined =
        net.add(
            new Reshape(false),
            net.add(new Transpose(List.of(0, 2, 1, 3)), y),
            net.constant("joined", Tensor.of(new long[] {0, 0, 10}, 3)));
    Compiler compiler =
        new Compiler(List.of(PASS, ViewRules.pass(), new DropIdentities(), new RemoveDead()));
    Attention op = only(applied(compiler, net.outputs(joined)), a, b, c);
    assertThat(op.qNumHeads()).isEqualTo(2);
    assertThat(op.kvNumHeads()).isEqualTo(2);
  }
}
