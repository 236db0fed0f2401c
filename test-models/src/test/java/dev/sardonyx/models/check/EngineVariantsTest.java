package dev.sardonyx.models.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.models.SimpleCnn;
import dev.sardonyx.models.resnet.CifarResNet18;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.engine.LossyEngine;
import dev.sardonyx.runtime.plan.ExpectedLoss;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineVariantsTest {

  private static CheckReport check(CrossCheck check, String... engines) {
    return check.engines(engines).timing(Duration.ZERO).run();
  }

  private static CheckReport.Row row(CheckReport report, String engine) {
    return report.rows().stream()
        .filter(row -> row.engine().equals(engine))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ort:basic", "ort:extended", "ort:all"})
  void whatOnnxRuntimeOptimisesAgreesWithinRoundingAndIsNotTheSameToTheBit(String level) {
    CheckReport report = check(CrossCheck.of(new CifarResNet18()), level, "ort:none").orThrow();
    assertThat(row(report, level).reference()).isEqualTo("ort:none");
    assertThat(row(report, level).comparison().relativeL2()).isBetween(1e-9, 1e-5);
  }

  @Test
  void kernelSetsAgree() {
    for (String kernels : List.of("native:vector", "native:machine")) {
      if (usable(kernels)) {
        check(CrossCheck.of(new CifarResNet18()), kernels, "native:scalar").orThrow();
      }
    }
  }

  /** Some processors and JVMs do not have all sets. */
  private static boolean usable(String name) {
    return Sardonyx.engine("native").description().startsWith(name.substring(7))
        || name.equals("native:vector");
  }

  @Test
  void everyVariantOfTheNativeEngineAgreesWithWhatIsWritten() {
    for (String word : Sardonyx.engine("native").variants()) {
      if (!word.equals("as-written") && (!word.equals("machine") || usable("native:machine"))) {
        check(CrossCheck.of(new SimpleCnn()), "native:" + word, "native:as-written").orThrow();
      }
    }
  }

  @Test
  void storedWeightsPassByWhatTheyLose() {
    for (String word : List.of("fp16", "bf16", "int8", "int4")) {
      String engine = "native:" + word;
      CheckReport report = check(CrossCheck.of(new SimpleCnn()), engine, "native").orThrow();
      assertThat(row(report, engine).comparison().relativeL2()).isGreaterThan(1e-5);
      assertThat(report.notes())
          .anySatisfy(note -> assertThat(note).contains("engine " + engine, "as " + word));
    }
  }

  /** With the bound of the engine that it wraps. */
  private record Breaking(Engine engine, String weight) implements LossyEngine {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public String description() {
      return engine.description();
    }

    @Override
    public Optional<String> unavailable() {
      return Optional.empty();
    }

    @Override
    public Session open(Graph graph, SessionOptions options) {
      Map<String, DenseTensor> weights = new LinkedHashMap<>(graph.initializers());
      if (weights.containsKey(weight)) {
        DenseTensor right = Objects.requireNonNull(weights.get(weight));
        float[] values = right.floats();
        values[0] += 1;
        weights.put(weight, Tensor.of(values, right.shape().sizes()).dense());
      }
      return engine.open(graph.withInitializers(weights), options);
    }

    @Override
    public ExpectedLoss loss(Graph graph, SessionOptions options) {
      return LossyEngine.of(engine, graph, options);
    }
  }

  @Test
  void brokenWeightsFailThoughStoredInFewerBits() {
    CrossCheck check = CrossCheck.of(new SimpleCnn());
    var broken = new Breaking(Sardonyx.engine("native:fp16"), "conv1.weight");
    assertThat(check.graph().initializers()).containsKey("conv1.weight");
    List<Engine> engines = List.of(broken, Sardonyx.engine("native"));
    assertThat(check.engines(engines).timing(Duration.ZERO).run().passed()).isFalse();
  }

  @Test
  void whatAVariantIsMadeForIsInItsName() {
    assertThat(Sardonyx.engine("native:scalar:fp16").name()).isEqualTo("native:scalar:fp16");
    assertThat(Sardonyx.engine("native:scalar").description()).startsWith("scalar kernels");
    assertThat(Sardonyx.engine("ort@cuda:none").name()).isEqualTo("ort@cuda:none");
    assertThat(Sardonyx.engine("ort:basic").description()).endsWith("optimisations: basic");
  }

  @Test
  void aWordThatThereIsNotIsRefusedNamingThoseThereAre() {
    assertThatThrownBy(() -> Sardonyx.engine("ort:some"))
        .hasMessageContaining("[Engine] engine 'ort' has no variant 'some'")
        .hasMessageContaining("none, basic, extended, all");
    assertThatThrownBy(() -> Sardonyx.engine("native:no-fold-scale"))
        .hasMessageContaining("no variant 'no-fold-scale'")
        .hasMessageContaining("no-fold-scales")
        .hasMessageContaining("machine, vector, scalar, float32, bf16, fp16, int8, int4");
    assertThatThrownBy(() -> Sardonyx.engine("native:")).hasMessageContaining("no variant ''");
  }
}
