package dev.sardonyx.models.diagnose;

import static dev.sardonyx.models.diagnose.SmallGraphs.gemm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.diagnose.Diagnosis;
import dev.sardonyx.runtime.diagnose.NodeFinding;
import dev.sardonyx.runtime.diagnose.Suspect;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.vote.Blame;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each planted fault is found at the node where it is born, and blamed on whose it is. */
class PlantedFaultsTest {

  static Stream<PlantedFault> faults() {
    return Stream.of(
            KernelFaults.list(),
            AttributeFaults.list(),
            WeightFaults.list(),
            NumberFaults.list(),
            ModelFaults.list())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isFoundWhereItIsAndBlamedOnWhoseItIs(PlantedFault fault) {
    CheckReport report = check(fault).bisect().run();
    Suspect suspect = report.diagnosis().orElseThrow().suspect().orElseThrow();
    assertThat(suspect.finding().node().name()).as(fault.toString()).matches(fault.node());
    assertThat(suspect.charge()).as(suspect.toString()).isEqualTo(fault.charge());
    assertThat(suspect.vote().blame()).as(suspect.vote().toString()).isEqualTo(fault.blame());
    assertThatThrownBy(report::orThrow).hasMessageContaining(suspect.finding().node().name());
  }

  /** Without the look at all nodes, up to the first fault. */
  @ParameterizedTest
  @MethodSource("faults")
  void isFoundInAPlainCheckToo(PlantedFault fault) {
    Suspect suspect = check(fault).run().divergence().orElseThrow();
    assertThat(suspect.finding().node().name()).matches(fault.node());
    assertThat(suspect.vote().blame()).isEqualTo(fault.blame());
  }

  static List<PlantedFault> ties() {
    return NumberFaults.ties();
  }

  @ParameterizedTest
  @MethodSource("ties")
  void aChoiceBetweenEqualsIsNoFault(PlantedFault tie) {
    CheckReport report = check(tie).bisect().run();
    assertThat(report.passed()).isTrue();
    Suspect suspect = report.diagnosis().orElseThrow().suspect().orElseThrow();
    assertThat(suspect.finding().node().name()).isEqualTo(tie.node());
    assertThat(suspect.charge()).isEqualTo(tie.charge());
    assertThat(suspect.vote().blame()).as(suspect.vote().toString()).isEqualTo(tie.blame());
  }

  @Test
  void aFaultThatTheOutputHidesIsFoundAllTheSame() {
    CheckReport report = check(ModelFaults.hidden()).bisect().run();
    assertThat(report.rows()).allMatch(row -> row.comparison().passes());
    assertThat(report.passed()).isFalse();
  }

  @Test
  void faultsOnBothSidesAreBothInTheTable() {
    Engine ours = new FaultyEngine(new NativeEngine(), Surgery.operator("gemm_2", gemm(false)));
    var leaky = new ActivationOp.LeakyRelu(0.3f);
    Engine theirs = new FaultyEngine(PlantedFault.ort(), Surgery.operator("leakyrelu_1", leaky));
    Diagnosis diagnosis =
        CrossCheck.of(SmallGraphs.classifier())
            .engines(List.of(ours, theirs))
            .timing(Duration.ZERO)
            .bisect()
            .run()
            .diagnosis()
            .orElseThrow();
    assertThat(diagnosis.nodes().stream().filter(NodeFinding::isFault))
        .extracting(finding -> finding.node().name())
        .containsExactly("leakyrelu_1", "gemm_2");
    assertThat(diagnosis.suspect().orElseThrow().vote().blame()).isEqualTo(Blame.REFERENCE);
  }

  @Test
  void whatOnlyASecondRunShowsIsSeenAtTheOutput() {
    var engine = new NativeEngine(KernelFaults.onTopOfEarlierRuns());
    CheckReport report =
        CrossCheck.of(SmallGraphs.classifier())
            .engines(List.of(engine, PlantedFault.ort()))
            .timing(Duration.ZERO)
            .bisect()
            .run();
    assertThat(report.passed()).isFalse();
    assertThat(report.rows()).noneMatch(row -> row.comparison().passes());
  }

  @Test
  void aNotANumberOfBothEnginesIsNoFaultButSaid() {
    Graph graph =
        SmallGraphs.of(
            SmallGraphs.floats(2, 3),
            (b, x) -> {
              Value zero = b.add(new BinaryOp.Mul(), x, b.number(0));
              Value broken = b.add(new BinaryOp.Div(), zero, zero);
              return b.add(new BinaryOp.Add(), broken, x);
            });
    CheckReport report =
        CrossCheck.of(graph).engines("native", "ort").timing(Duration.ZERO).bisect().run();
    assertThat(report.passed()).isTrue();
    assertThat(report.diagnosis().orElseThrow().notes())
        .anySatisfy(note -> assertThat(note).contains("NaN", "div_1"));
  }

  private static CrossCheck check(PlantedFault fault) {
    var check = CrossCheck.of(fault.graph()).engines(List.of(fault.engine(), fault.reference()));
    if (!fault.inputs().isEmpty()) {
      check.inputs(fault.inputs());
    }
    return check.timing(Duration.ZERO);
  }
}
