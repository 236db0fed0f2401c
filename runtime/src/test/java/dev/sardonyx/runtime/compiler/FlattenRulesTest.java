package dev.sardonyx.runtime.compiler;

import static dev.sardonyx.runtime.compiler.Passes.applied;
import static dev.sardonyx.runtime.compiler.Passes.leaves;
import static dev.sardonyx.runtime.compiler.Passes.operators;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.PoolOp.GlobalAveragePool;
import dev.sardonyx.api.op.PoolOp.MaxPool;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp.Neg;
import dev.sardonyx.api.op.UnaryOp.Tanh;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.engine.NativeEvaluator;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlattenRulesTest {
  private static final Pass PASS = FlattenRules.pass(new NativeEvaluator());
  private static final Window TWO =
      Window.of(List.of(2, 2), List.of(1, 1), List.of(1, 1), List.of(0, 0));

  private final Graphs net = new Graphs();
  private final Random random = new Random(5);
  private final Value x = net.input("x", "n", "2", "4", "5");

  private Value weights(String name, long... sizes) {
    float[] values =
        new float[Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() / values.length;
    }
    return net.constant(name, Tensor.of(values, sizes));
  }

  /** Three channels of three by four pixels. */
  private Value picture() {
    return net.add(new Conv(TWO, 1), x, weights("filter", 3, 2, 2, 2));
  }

  @Test
  void aPictureIsFlattenedWithItsChannelsLast() {
    Value pooled = net.add(new MaxPool(TWO, false), net.add(new Tanh(), picture()));
    Value flat = net.add(new Flatten(1), pooled);
    Value y = net.add(new Gemm(1, 1, false, true), flat, weights("w", 7, 18), weights("b", 7));
    Graph turned = applied(PASS, net.outputs(y));
    assertThat(operators(turned))
        .containsExactly("Conv", "Tanh", "MaxPool", "Transpose", "Reshape", "Gemm");
    assertThat(turned.nodes().get(3).op()).isEqualTo(new Transpose(List.of(0, 2, 3, 1)));
  }

  @Test
  void weightsMayStandInRows() {
    Value shape = net.constant("shape", Tensor.of(new long[] {-1, 36}, 2));
    Value flat = net.add(new Reshape(false), net.add(new Tanh(), picture()), shape);
    Value y = net.add(new MatMul(), flat, weights("w", 36, 5));
    assertThat(operators(applied(PASS, net.outputs(y))))
        .containsExactly("Conv", "Tanh", "Transpose", "Reshape", "MatMul");
  }

  @Test
  void whatIsReadElsewhereKeepsItsOrder() {
    Value flat = net.add(new Flatten(1), picture());
    Value y = net.add(new MatMul(), flat, weights("w", 36, 5));
    leaves(PASS, net.outputs(y, net.add(new Neg(), flat)));
  }

  @Test
  void whatNoConvolutionMakesKeepsItsOrder() {
    Value flat = net.add(new Flatten(1), net.add(new Neg(), x));
    leaves(PASS, net.outputs(net.add(new MatMul(), flat, weights("w", 40, 5))));
  }

  @Test
  void weightsThatComeWithEachRunKeepTheirOrder() {
    Value flat = net.add(new Flatten(1), picture());
    leaves(PASS, net.outputs(net.add(new MatMul(), flat, net.input("w", "36", "5"))));
  }

  @Test
  void onePixelHasNoOrder() {
    Value flat = net.add(new Flatten(1), net.add(new GlobalAveragePool(), picture()));
    leaves(PASS, net.outputs(net.add(new MatMul(), flat, weights("w", 3, 5))));
  }
}
