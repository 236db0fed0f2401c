package dev.sardonyx.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.op.Einsum;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.TextOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.interpret.Interpreter;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.plan.Routines;
import dev.sardonyx.runtime.plan.Weights;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nobody has set a limit for has one, and time grows with what there is to do. */
class LimitsTest {
  @Test
  void noLimitIsLessThanNothing() {
    var options = SessionOptions.defaults();
    Duration past = Duration.ofSeconds(Long.MIN_VALUE);
    assertThatThrownBy(() -> options.deadline(past)).hasMessageContaining("a deadline of PT-");
    assertThatThrownBy(() -> options.within(-1)).hasMessageContaining("a budget of -1 bytes");
    assertThatThrownBy(() -> options.trips(-1))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("-1 rounds");
  }

  @Test
  void withoutABudgetASessionTakesTwiceTheHeapAtMost() {
    long heap = Runtime.getRuntime().maxMemory();
    assertThat(SessionOptions.defaults().memoryBudget()).isEqualTo(2 * heap);
    var builder = new GraphBuilder("large");
    var x = builder.input("x", TensorType.of(DType.FLOAT32, heap));
    var relu = builder.add(new UnaryOp.Relu(), List.of(x), Origin.unknown());
    Graph graph = builder.build(relu.outputs(), Map.of());
    assertThatThrownBy(
            () -> new NativeEngine(Kernels.scalar()).open(graph, SessionOptions.defaults()))
        .hasMessageContaining("the memory budget is " + 2 * heap);
  }

  private static List<Data> evaluate(Op op, List<? extends Data> inputs) {
    var routines = new Routines(Kernels.scalar(), Weights.none());
    List<Optional<Data>> given = inputs.stream().map(input -> Optional.<Data>of(input)).toList();
    return new Interpreter(routines, 1, Long.MAX_VALUE).evaluate(op, given, 1);
  }

  @Test
  @Timeout(60)
  void anEinsumOfManyOperandsTakesTimeInProportion() {
    int count = 20_000;
    Tensor one = Tensor.of(new float[] {1, 1, 1, 1}, 2, 2);
    String equation = String.join(",", Collections.nCopies(count, "ij")) + "->ij";
    Data y = evaluate(new Einsum(equation), Collections.nCopies(count, one)).getFirst();
    assertThat(((Tensor) y).dense().floats()).containsOnly(1);
  }

  @Test
  @Timeout(60)
  void longStringsAreJoinedWithoutBeingCompared() {
    DenseTensor text = DenseTensor.ofStrings(List.of("a".repeat(1 << 20)), Shape.of(1));
    for (int i = 0; i < 4; i++) {
      text = (DenseTensor) evaluate(new TextOp.StringConcat(), List.of(text, text)).getFirst();
    }
    assertThat(text.strings().getFirst()).hasSize(16 << 20);
  }
}
