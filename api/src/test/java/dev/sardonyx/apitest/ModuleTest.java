package dev.sardonyx.apitest;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.ManualModule;
import dev.sardonyx.api.nn.ModuleDict;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.Tanh;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleTest {
  /** An encoder and a decoder with one weight. */
  private static final class Tied extends ManualModule implements UnaryModule {
    private final Linear first = addModule("first", new Linear(3, 3));
    private final Parameter weight = registerParameter("weight", first.weight());
    private final Buffer mask = registerBuffer("mask", Tensor.ones(3), false);

    Tied() {
      registerParameter("bias");
      registerBuffer("steps", Tensor.scalar(0L));
    }

    @Override
    public Tensor forward(Tensor x) {
      return first.forward(x).matmul(weight).mul(mask);
    }
  }

  @Test
  void stateDictsShowTiedWeightsUnderBothNamesAndNoTransientBuffer() {
    var model = new Tied();
    assertThat(model.stateDict().entries().keySet())
        .containsExactly("weight", "steps", "first.weight", "first.bias");
    assertThat(model.namedParameters().keySet()).containsExactly("weight", "first.bias");
    assertThat(model.namedBuffers().keySet()).containsExactly("mask", "steps");
    assertThat(model.parameterCount()).isEqualTo(12);
  }

  @Test
  void tiedWeightsAreOneInitializer() {
    var graph = Trace.of(new Tied(), TensorType.of(DType.FLOAT32, "batch", "3")).graph();
    assertThat(graph.initializers().keySet())
        .contains("weight", "first.bias", "mask")
        .doesNotContain("first.weight");
  }

  @Test
  void whatIsRegisteredTwiceReplacesItsOwnKindOnly() {
    var model = new Tied();
    var bias = model.registerParameter("bias", new Parameter(Tensor.ones(3)));
    assertThat(model.getParameter("bias")).isSameAs(bias);
    Errors.expect(
        ErrorCode.MODEL,
        () -> model.registerBuffer("bias", Tensor.ones(1)),
        "Tied has a member of another kind named 'bias'");
    Errors.expect(
        ErrorCode.MODEL, () -> model.addModule("a.b", new ReLU()), "may not be named 'a.b'");
  }

  @Test
  void namesWithoutRecursionAreTheModulesOwn() {
    var model = new Tied();
    assertThat(model.namedParameters(false).keySet()).containsExactly("weight");
    assertThat(new Sequential(model).namedBuffers(false)).isEmpty();
  }

  @Test
  void membersAreFoundByDottedPath() {
    var norm = new BatchNorm2d(4);
    var model = new Sequential(entry("body", new Sequential(new Conv2d(1, 4, 3), norm)));
    assertThat(model.getSubmodule("")).isSameAs(model);
    assertThat(model.getSubmodule("body.1")).isSameAs(norm);
    assertThat(model.getParameter("body.1.bias")).isSameAs(norm.bias().orElseThrow());
    assertThat(model.getBuffer("body.1.running_mean")).isSameAs(norm.runningMean().orElseThrow());
    Errors.expect(
        ErrorCode.NOT_FOUND,
        () -> model.getParameter("body.1.wieght"),
        "BatchNorm2d at 'body.1' has no parameter 'wieght' (did you mean weight?);"
            + " it has [weight, bias]");
    Errors.expect(
        ErrorCode.NOT_FOUND, () -> model.getSubmodule("head"), "Sequential has no module 'head'");
  }

  @Test
  void applyMeetsChildrenFirst() {
    var inner = new ReLU();
    var middle = new Sequential(inner);
    var model = new Sequential(middle, inner);
    List<NnModule> met = new ArrayList<>();
    model.apply(met::add);
    assertThat(met).containsExactly(inner, middle, inner, model);
  }

  @Test
  void whatIsFrozenSaysSo() {
    var model = new Sequential(new Linear(2, 2), new Linear(2, 2));
    model.getSubmodule("0").requiresGrad(false);
    assertThat(model.parameters())
        .extracting(Parameter::requiresGrad)
        .containsExactly(false, false, true, true);
    var counts = new Parameter(Tensor.of(new long[] {1}, 1));
    assertThat(counts.requiresGrad()).isFalse();
    Errors.expect(
        ErrorCode.ARGUMENT, () -> counts.requiresGrad(true), "only floating-point parameters");
  }

  @Test
  void conversionReachesFloatsAndLeavesIntegers() {
    var model = new Sequential(new Linear(2, 2), new BatchNorm2d(2));
    float[] before = model.getParameter("0.weight").floats();
    model.to(DType.FLOAT64);
    assertThat(model.getParameter("0.weight").dense().doubles())
        .containsExactly(before[0], before[1], before[2], before[3]);
    assertThat(model.getBuffer("1.running_var").dtype()).isEqualTo(DType.FLOAT64);
    assertThat(model.getBuffer("1.num_batches_tracked").dtype()).isEqualTo(DType.INT64);
    model.to(DType.FLOAT32);
    assertThat(model.getParameter("0.weight").floats()).isEqualTo(before);
    Errors.expect(
        ErrorCode.ARGUMENT, () -> model.to(DType.INT64), "floating-point types, found int64");
  }

  @Test
  void halvesRoundToTheNearestEven() {
    var x =
        Tensor.of(new float[] {1.00390625f, 1.01171875f, 3.4e38f, Float.NaN, 65520f}, 5).dense();
    var bfloat16 = x.convert(DType.BFLOAT16);
    assertThat(bfloat16.doubleAt(0)).isEqualTo(1.0); // a tie, to even
    assertThat(bfloat16.doubleAt(1)).isEqualTo(1.015625);
    assertThat(bfloat16.doubleAt(3)).isNaN();
    assertThat(x.convert(DType.FLOAT16).doubleAt(4)).isEqualTo(Double.POSITIVE_INFINITY);
    var large = Tensor.of(new long[] {(1L << 62) + 1, -1}, 2).dense();
    assertThat(large.convert(DType.INT32).ints()).containsExactly(1, -1);
  }

  /** Takes one of two layers. */
  private static final class Chooser extends ManualModule implements UnaryModule {
    private final ModuleDict<UnaryModule> choices =
        addModule("choices", new ModuleDict<>(entry("a", new ReLU()), entry("b", new Tanh())));
    private final String choice;

    Chooser(String choice) {
      this.choice = choice;
    }

    @Override
    public Tensor forward(Tensor x) {
      return choices.get(choice).forward(x);
    }
  }

  @Test
  void aChoiceIsSpecialisedAndShowsInTheSignature() {
    var type = TensorType.of(DType.FLOAT32, "batch", "3");
    var graph = Trace.of(new Chooser("b"), type).graph();
    assertThat(graph.nodes()).extracting(node -> node.op().name()).containsExactly("Tanh");
    assertThat(graph.toString()).startsWith("Chooser[choices=b](x: float32[batch, 3]) {");
    var fixed = Trace.of(new Tied(), type).graph();
    assertThat(fixed.toString()).startsWith("Tied(x:");
  }
}
