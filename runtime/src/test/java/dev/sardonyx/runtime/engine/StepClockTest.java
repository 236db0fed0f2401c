package dev.sardonyx.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.NodeTime;
import dev.sardonyx.api.engine.ProfiledSession;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.LayoutOp;
import dev.sardonyx.api.op.MatrixOp;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.plan.StepClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A clock tells of each step whose it is, what computes it and how much there is to do. */
class StepClockTest {
  private static final SessionOptions OPTIONS = SessionOptions.defaults().threads(1);

  private final Graph graph = graph();
  private final Map<String, Tensor> inputs = Map.of("x", Tensor.ones(4, 8));

  /** relu(x w), transposed. */
  private static Graph graph() {
    var net = new Graphs();
    MatrixOp product = new Gemm(1, 1, false, false);
    LayoutOp turn = new Transpose(List.of(1, 0));
    var y = net.add(product, net.input("x", "4", "8"), net.constant("w", Tensor.ones(8, 16)));
    return net.outputs(net.add(turn, net.add(new UnaryOp.Relu(), y)));
  }

  private List<StepClock.Entry> entries(Kernels kernels, int runs) {
    var clock = new StepClock();
    try (Session session = new NativeEngine(kernels).timedBy(clock).open(graph, OPTIONS)) {
      for (int run = 0; run < runs; run++) {
        session.run(inputs);
      }
    }
    return clock.entries();
  }

  @Test
  void aStepIsThatOfItsFirstNodeAndWhatIsFusedWithItHasNone() {
    List<StepClock.Entry> entries = entries(Kernels.scalar(), 1);
    assertThat(entries)
        .extracting(entry -> entry.label().operator())
        .containsExactly("Gemm + ...", "Transpose");
    assertThat(entries)
        .extracting(entry -> entry.label().node())
        .containsExactly(graph.nodes().getFirst().name(), graph.nodes().getLast().name());
  }

  @Test
  void workIsThatOfTheDefinitionAndBytesAreThoseReadAndWritten() {
    List<StepClock.Entry> entries = entries(Kernels.scalar(), 1);
    assertThat(entries)
        .extracting(entry -> entry.label().operations())
        .containsExactly(2L * 4 * 8 * 16, 0L);
    assertThat(entries)
        .extracting(entry -> entry.label().bytes())
        .containsExactly(4L * (4 * 8 + 8 * 16 + 4 * 16), 4L * (4 * 16 + 16 * 4));
  }

  @Test
  void kernelsAreThoseThatWereCalled() {
    assertThat(entries(Kernels.scalar(), 1).getFirst().kernel()).startsWith("scalar");
    Kernels fastest = KernelSelection.fastest().kernels();
    String kernel = entries(fastest, 3).getFirst().kernel();
    assertThat(kernel)
        .isEqualTo(entries(fastest, 9).getFirst().kernel())
        .contains(fastest.name().startsWith("machine") ? "product x4" : fastest.name());
  }

  @Test
  void aProfiledSessionTellsTheSameNodes() {
    try (ProfiledSession session = new NativeEngine().openProfiled(graph, OPTIONS).orElseThrow()) {
      assertThat(session.nodeTimes()).isEmpty();
      assertThat(session.run(inputs)).isNotEmpty();
      assertThat(session.nodeTimes())
          .extracting(NodeTime::operator)
          .containsExactly("Gemm + ...", "Transpose");
    }
  }
}
