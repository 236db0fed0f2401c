package dev.sardonyx.models.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.models.MyModel;
import dev.sardonyx.models.SimpleCnn;
import dev.sardonyx.models.SimpleFfn;
import dev.sardonyx.models.TextClassifier;
import dev.sardonyx.models.TextTagger;
import dev.sardonyx.models.resnet.CifarResNet18;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.diagnose.Suspect;
import dev.sardonyx.runtime.engine.NativeEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CrossCheckTest {

  @Test
  void enginesAgreeOnEveryNode() {
    CheckReport report = CrossCheck.of(new CifarResNet18()).engines("native", "ort").run();
    assertThat(report.passed()).isTrue();
    assertThat(report.nodes()).isGreaterThan(50);
    assertThat(report.rows())
        .extracting(CheckReport.Row::engine)
        .containsExactly("eager", "native");
    assertThat(report.milliseconds()).containsOnlyKeys("eager", "native", "ort");
  }

  @Test
  void textModelsAgreeWhateverTheLength() {
    for (NnModule model : List.of(new TextClassifier(), new TextTagger())) {
      for (int length : new int[] {1, 7, 64}) {
        long[] tokens = LongStream.range(0, 3L * length).map(i -> i * 37 % 100).toArray();
        Map<String, Tensor> inputs = Map.of("tokens", Tensor.of(tokens, 3, length));
        var check = CrossCheck.of(model).engines("native", "ort").inputs(inputs);
        assertThat(check.run().passed()).as("%s of %d tokens", model, length).isTrue();
      }
    }
  }

  @Test
  void everyOutputHasItsRow() {
    CheckReport report = CrossCheck.of(new MyModel()).engines("native", "ort").run();
    assertThat(report.rows())
        .extracting(CheckReport.Row::output)
        .containsExactly("output0", "output0", "output1", "output1");
  }

  @Test
  void aWrongActivationIsFoundAtItsNodeAndSourceLine() {
    assertFault(CrossCheck.of(new SimpleFfn()), faulty("unary", 3), "Relu", "SimpleFfn.java");
  }

  @Test
  void aWrongConvolutionIsFoundAtItsNodeAndSourceLine() {
    Suspect found =
        assertFault(
            CrossCheck.of(new SimpleCnn()), faulty("multiply", 0), "Conv", "SimpleCnn.java");
    assertThat(found.finding().node().origin().module()).isEqualTo("conv1");
  }

  @Test
  void aWrongPoolIsFoundThoughTheConvolutionBeforeItIsRight() {
    assertFault(CrossCheck.of(new SimpleCnn()), faulty("sweep", 0), "MaxPool", "SimpleCnn.java");
  }

  @Test
  void aFaultIsFoundWhereMemoryIsTooShortForTheWholeModel() {
    CrossCheck check = CrossCheck.of(new SimpleCnn()).within(8L << 20);
    assertFault(check, faulty("multiply", 0), "Conv", "SimpleCnn.java");
    CheckReport sound =
        CrossCheck.of(new SimpleCnn()).engines("native", "ort").within(8L << 20).run();
    assertThat(sound.passed()).as("%s", sound).isTrue();
    assertThat(sound.rows()).hasSize(1);
    assertThat(sound.notes()).anyMatch(note -> note.contains("nodes one after the other"));
  }

  @Test
  void weightsInFewerBitsPassByWhatTheyLose() {
    for (WeightStorage storage : narrow()) {
      for (NnModule model : List.of(new SimpleCnn(), new CifarResNet18(), new TextTagger())) {
        CheckReport report = CrossCheck.of(model).engines("native", "ort").weightsAs(storage).run();
        assertThat(report.passed()).as("%s: %s", storage, report.notes()).isTrue();
        assertThat(report.notes())
            .anySatisfy(note -> assertThat(note).contains("as " + storage.word()));
        for (CheckReport.Row row : report.rows()) {
          boolean rounded = row.engine().equals("native");
          assertThat(row.comparison().relativeL2() > 1e-5).as("%s", row).isEqualTo(rounded);
        }
      }
    }
  }

  /** In int4 a sound element may lie off by more than the one that is wrong here. */
  @Test
  void aWrongKernelIsFoundWhateverWeightsAreStoredAs() {
    List<WeightStorage> storages = new ArrayList<>(narrow());
    storages.remove(WeightStorage.INT4);
    for (WeightStorage storage : storages) {
      CrossCheck check = CrossCheck.of(new SimpleCnn()).weightsAs(storage);
      assertFault(check, faulty("multiply", 0), "Conv", "SimpleCnn.java");
    }
  }

  private static List<WeightStorage> narrow() {
    return List.of(
        WeightStorage.BFLOAT16, WeightStorage.FLOAT16, WeightStorage.INT8, WeightStorage.INT4);
  }

  private static Suspect assertFault(
      CrossCheck check, Engine faulty, String operator, String file) {
    CheckReport report = check.engines(List.of(faulty, Sardonyx.engine("ort"))).run();
    assertThat(report.passed()).isFalse();
    Suspect first = report.divergence().orElseThrow();
    Node node = first.finding().node();
    assertThat(node.op().name()).isEqualTo(operator);
    assertThat(node.origin().source().orElseThrow().file()).isEqualTo(file);
    assertThat(first.charge()).isEqualTo(Suspect.Charge.FAULT);
    assertThatThrownBy(report::orThrow)
        .isInstanceOfSatisfying(
            SardonyxException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECK))
        .hasMessageContaining(node.name())
        .hasMessageContaining(node.origin().source().orElseThrow().toString());
    return first;
  }

  private static Engine faulty(String kernel, int output) {
    return new NativeEngine(FaultyKernels.with(kernel, output));
  }
}
