package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Evaluator;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.engine.NativeEvaluator;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Team;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WeightsTest {
  private static final Kernels KERNELS = Kernels.scalar();

  private static Graph graph(Tensor weights) {
    var net = new Graphs();
    var x = net.input("x", "batch", "8");
    var w = net.constant("w", weights);
    var first = net.add(new MatMul(), x, w);
    var second = net.add(new Gemm(1, 1, false, false), first, w);
    var turned = net.add(new Gemm(1, 1, false, true), second, w);
    var row = net.add(new Gather(0), w, net.indices("i"));
    return net.outputs(turned, row);
  }

  @Test
  void aRightOperandIsPackedOnceForEachOrientation() {
    Tensor w = Tensor.ones(8, 8);
    var budget = new MemoryBudget(Long.MAX_VALUE);
    try (Weights weights = Weights.pack(graph(w), KERNELS, budget)) {
      Operand operand = Operand.of(w.dense());
      long bytes = KERNELS.panelElements(8, 8) * Float.BYTES;
      assertThat(weights.panels(operand, false).orElseThrow().values().byteSize()).isEqualTo(bytes);
      assertThat(weights.panels(operand, true)).isPresent();
      assertThat(weights.dense(w.dense())).isSameAs(w.dense().segment());
      // Exactly the two of them are taken.
      long both = 2 * MemoryBudget.aligned(bytes);
      budget.require("the rest", Long.MAX_VALUE - both);
      assertThatThrownBy(() -> budget.require("more", Long.MAX_VALUE - both + 1))
          .isInstanceOf(SardonyxException.class);
    }
    budget.require("all", Long.MAX_VALUE);
  }

  @Test
  void storedPanelsTakeTheirOwnMemoryAlone() {
    Tensor w = Tensor.ones(8, 8);
    long elements = KERNELS.panelElements(8, 8);
    long scales = (long) KERNELS.panelWidth() * Float.BYTES;
    assertTakes(w, WeightStorage.BFLOAT16, 2 * elements);
    assertTakes(w, WeightStorage.FLOAT16, 2 * elements);
    assertTakes(w, WeightStorage.INT8, elements + scales);
    assertTakes(w, WeightStorage.INT4, elements / 2 + scales / 2);
    // what the storage does not hold stays as it is
    assertTakes(Tensor.full(1e5f, 8, 8), WeightStorage.FLOAT16, 4 * elements);
  }

  private static void assertTakes(Tensor w, WeightStorage storage, long bytes) {
    var budget = new MemoryBudget(Long.MAX_VALUE);
    try (Weights _ = Weights.pack(graph(w), KERNELS, budget, storage)) {
      long all = 2 * bytes;
      budget.require("the rest", Long.MAX_VALUE - all);
      assertThatThrownBy(() -> budget.require("more", Long.MAX_VALUE - all + 1))
          .isInstanceOf(SardonyxException.class);
    }
  }

  @Test
  void weightsBeyondTheBudgetAreRefused() {
    var budget = new MemoryBudget(100);
    assertThatThrownBy(() -> Weights.pack(graph(Tensor.ones(8, 8)), KERNELS, budget))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("[Limit] the weights of net need");
  }

  @Test
  void aTeamPacksTheSamePanels() {
    var numbers = new float[8 * 8];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    Tensor w = Tensor.of(numbers, 8, 8);
    var budget = new MemoryBudget(Long.MAX_VALUE);
    WeightStorage plain = WeightStorage.FLOAT32;
    try (var team = new Team(3);
        Weights alone = Weights.pack(graph(w), KERNELS, budget);
        Weights shared = Weights.pack(graph(w), KERNELS, budget, plain, team)) {
      Operand operand = Operand.of(w.dense());
      for (boolean transposed : new boolean[] {false, true}) {
        MemorySegment expected = alone.panels(operand, transposed).orElseThrow().values();
        MemorySegment found = shared.panels(operand, transposed).orElseThrow().values();
        assertThat(found.mismatch(expected)).isEqualTo(-1);
        assertThat(found.isReadOnly()).isTrue();
        assertThat(found.get(JAVA_FLOAT, Float.BYTES)).isEqualTo(transposed ? 8f : 1f);
      }
    }
  }

  @Test
  void aTransposedConstantIsPackedFromWhatItIsMadeOf() {
    var numbers = new float[3 * 5 * 7];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    DenseTensor w = Tensor.of(numbers, 3, 5, 7).dense();
    Evaluator never =
        (op, inputs, most) -> {
          throw new AssertionError("nobody needs the data");
        };
    DenseTensor turned = TransposedConstant.tensor(w, List.of(0, 2, 1), never);
    assertThat(turned.shape()).isEqualTo(Shape.of(3, 7, 5));
    assertThat(TransposedConstant.tensor(turned, List.of(0, 2, 1), never)).isSameAs(w);
    DenseTensor made =
        new NativeEvaluator(KERNELS)
            .evaluate(new Transpose(List.of(0, 2, 1)), List.of(Optional.of(w)), 1)
            .getFirst()
            .dense();
    assertThat(panels(turned).mismatch(panels(made))).isEqualTo(-1);
  }

  private static MemorySegment panels(DenseTensor w) {
    var net = new Graphs();
    Graph graph =
        net.outputs(net.add(new MatMul(), net.input("x", "3", "batch", "7"), net.constant("w", w)));
    var budget = new MemoryBudget(Long.MAX_VALUE);
    try (Weights weights = Weights.pack(graph, KERNELS, budget)) {
      assertThat(weights.arePanels(new MatMul(), 1, w)).isTrue();
      MemorySegment panels = weights.panels(Operand.of(w), false).orElseThrow().values();
      return MemorySegment.ofArray(panels.toArray(JAVA_FLOAT));
    }
  }

  @Test
  void theWeightsOfAConvolutionArePackedOnceBeforeTheyAreRead() {
    Tensor w = Tensor.ones(1, 1, 2, 2);
    var net = new Graphs();
    var x = net.input("x", "1", "1", "4", "4");
    Window window = Window.of(List.of(2, 2), List.of(1, 1), List.of(1, 1), List.of(0, 0));
    Graph graph = net.outputs(net.add(new Conv(window, 1), x, net.constant("w", w)));
    var calls = new AtomicInteger();
    PackedFilter.Packing packing =
        (from, to) -> {
          calls.incrementAndGet();
          to.copyFrom(from);
        };
    try (var team = new Team(2);
        Weights weights = Weights.pack(graph, KERNELS, new MemoryBudget(Long.MAX_VALUE))) {
      Operand operand = Operand.of(w.dense());
      var asked = weights.derived(operand, "a form", 16, packing).orElseThrow();
      assertThat(calls).hasValue(0);
      assertThat(asked.segment().get(JAVA_FLOAT, 12)).isEqualTo(1);
      weights.fill(team);
      var again = weights.derived(operand, "a form", 16, packing).orElseThrow();
      assertThat(again.segment().address()).isEqualTo(asked.segment().address());
      assertThat(calls).hasValue(1);
      weights.derived(operand, "another form", 16, packing);
      weights.fill(team);
      assertThat(calls).hasValue(2);
    }
  }
}
