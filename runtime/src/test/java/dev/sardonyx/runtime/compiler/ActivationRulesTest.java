package dev.sardonyx.runtime.compiler;

import static dev.sardonyx.runtime.compiler.Passes.applied;
import static dev.sardonyx.runtime.compiler.Passes.leaves;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.ActivationOp.Gelu;
import dev.sardonyx.api.op.ActivationOp.HardSigmoid;
import dev.sardonyx.api.op.ActivationOp.HardSwish;
import dev.sardonyx.api.op.ActivationOp.Mish;
import dev.sardonyx.api.op.ActivationOp.Softplus;
import dev.sardonyx.api.op.ActivationOp.Swish;
import dev.sardonyx.api.op.BinaryOp.Add;
import dev.sardonyx.api.op.BinaryOp.Div;
import dev.sardonyx.api.op.BinaryOp.Mul;
import dev.sardonyx.api.op.BinaryOp.Pow;
import dev.sardonyx.api.op.Clip;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.UnaryOp.Erf;
import dev.sardonyx.api.op.UnaryOp.Sigmoid;
import dev.sardonyx.api.op.UnaryOp.Tanh;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.engine.Graphs;
import org.junit.jupiter.api.Test;

class ActivationRulesTest {
  private final Graphs net = new Graphs();
  private final Value x = net.input("x", "n", "5");

  private Value number(float value) {
    return net.constant("c" + value, Tensor.scalar(value));
  }

  private static void becomes(Op op, Graph graph) {
    Graph fused = applied(ActivationRules.pass(), graph);
    assertThat(fused.nodes()).hasSize(1);
    assertThat(fused.nodes().getFirst().op()).isEqualTo(op);
    assertThat(fused.nodes().getFirst().inputs()).extracting(Value::name).containsExactly("x");
  }

  private Value erf() {
    return net.add(
        new Add(), net.add(new Erf(), net.add(new Div(), x, number(1.4142135f))), number(1));
  }

  /** As torch.onnx exports GELU up to opset 19. */
  @Test
  void aProductWithErfIsGelu() {
    Value y = net.add(new Mul(), net.add(new Mul(), x, erf()), number(0.5f));
    becomes(new Gelu("none"), net.outputs(y));
  }

  @Test
  void theHalfMayStandAnywhereInTheProduct() {
    Value y = net.add(new Mul(), net.add(new Mul(), number(0.5f), x), erf());
    becomes(new Gelu("none"), net.outputs(y));
  }

  @Test
  void aValueThatIsSeenElsewhereKeepsItsNode() {
    Value gate = erf();
    Value y = net.add(new Mul(), net.add(new Mul(), x, gate), number(0.5f));
    leaves(ActivationRules.pass(), net.outputs(y, gate));
  }

  @Test
  void anotherNumberIsNoGelu() {
    Value gate =
        net.add(new Add(), net.add(new Erf(), net.add(new Div(), x, number(1.5f))), number(1));
    leaves(
        ActivationRules.pass(),
        net.outputs(net.add(new Mul(), net.add(new Mul(), x, gate), number(0.5f))));
  }

  private Value tanhGelu(Value inner) {
    Value scaled = net.add(new Mul(), inner, number(0.7978846f));
    Value gate = net.add(new Add(), net.add(new Tanh(), scaled), number(1));
    return net.add(new Mul(), net.add(new Mul(), x, number(0.5f)), gate);
  }

  @Test
  void aProductWithTanhOfACubeIsGelu() {
    Value cube = net.add(new Mul(), net.add(new Pow(), x, number(3)), number(0.044715f));
    becomes(new Gelu("tanh"), net.outputs(tanhGelu(net.add(new Add(), x, cube))));
  }

  /** As torch.nn.functional.gelu decomposes itself: products instead of a power. */
  @Test
  void theCubeMayBeAProduct() {
    Value square = net.add(new Mul(), net.add(new Mul(), x, x), x);
    Value cube = net.add(new Mul(), number(0.044715f), square);
    Value y = tanhGelu(net.add(new Add(), x, cube));
    Graph fused = applied(ActivationRules.pass(), net.outputs(y));
    assertThat(Passes.operators(fused)).contains("Gelu").hasSize(1);
  }

  @Test
  void xTimesItsSigmoidIsSwish() {
    becomes(new Swish(1), net.outputs(net.add(new Mul(), net.add(new Sigmoid(), x), x)));
  }

  @Test
  void theSigmoidMayHaveAFactor() {
    Value gate = net.add(new Sigmoid(), net.add(new Mul(), x, number(1.702f)));
    becomes(new Swish(1.702f), net.outputs(net.add(new Mul(), x, gate)));
  }

  @Test
  void xTimesAHardSigmoidIsHardSwish() {
    Value gate = net.add(new HardSigmoid(1f / 6, 0.5f), x);
    becomes(new HardSwish(), net.outputs(net.add(new Mul(), x, gate)));
  }

  @Test
  void anotherHardSigmoidIsNone() {
    Value gate = net.add(new HardSigmoid(0.2f, 0.5f), x);
    leaves(ActivationRules.pass(), net.outputs(net.add(new Mul(), x, gate)));
  }

  @Test
  void xTimesAClippedSumOverSixIsHardSwish() {
    Value gate = net.add(new Clip(), net.add(new Add(), x, number(3)), number(0), number(6));
    Value y = net.add(new Div(), net.add(new Mul(), x, gate), net.constant("6", Tensor.scalar(6f)));
    becomes(new HardSwish(), net.outputs(y));
  }

  @Test
  void xTimesTanhOfItsSoftplusIsMish() {
    Value gate = net.add(new Tanh(), net.add(new Softplus(), x));
    becomes(new Mish(), net.outputs(net.add(new Mul(), x, gate)));
  }

  @Test
  void theGateOfAnotherValueIsNoActivation() {
    Value other = net.input("other", "n", "5");
    leaves(
        ActivationRules.pass(), net.outputs(net.add(new Mul(), other, net.add(new Sigmoid(), x))));
  }

  @Test
  void aNumberThatMakesTheShapeLargerIsNotTakenIn() {
    Value half = net.constant("half", Tensor.full(0.5f, 1, 1, 1));
    Value y = net.add(new Mul(), net.add(new Mul(), x, erf()), half);
    leaves(ActivationRules.pass(), net.outputs(y));
  }
}
